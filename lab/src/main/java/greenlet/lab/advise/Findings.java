package greenlet.lab.advise;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that was measured for one piece of advice.
 *
 * <p>Immutable.
 *
 * @param subject what was asked on
 * @param demand what the answer must keep to
 * @param cores how many may compute at once
 * @param profile what one call does; {@code null} if that could not be measured
 * @param checked what is compared between the ways for races, in words; empty if nothing was
 * @param curves one for each way
 * @param problems what went wrong, in the order it was met
 * @param partial what was left out for want of time, or because it was interrupted; {@code null} if nothing was
 * @param load how busy the machine was before, as processes that want a core; {@code NaN} if the system does not tell
 */
public record Findings(
        Subject subject,
        Demand demand,
        int cores,
        @Nullable Profile profile,
        List<String> checked,
        List<Curve> curves,
        List<Problem> problems,
        @Nullable String partial,
        double load) {
    /** As the names of those begin that a worker reads from fields, or from the collections in them. */
    private static final String FIELD = "field ";

    /** Copies the lists. */
    public Findings {
        checked = List.copyOf(checked);
        curves = List.copyOf(curves);
        problems = List.copyOf(problems);
    }

    /**
     * The curve of a way. Not a switch point.
     *
     * @param way the way
     * @return its curve, or nothing if it was not asked for
     */
    public Optional<Curve> curve(Way way) {
        return curves.stream().filter(curve -> curve.way() == way).findFirst();
    }

    /** {@return which of what is compared are fields that calls write, so that one call finds what another left there} Not a switch point. */
    public List<String> writtenFields() {
        return writtenFields(checked);
    }

    static List<String> writtenFields(Collection<String> checked) {
        return checked.stream().filter(part -> part.contains(FIELD)).toList();
    }

    /** {@return whether the load was a rate, on connections that are always open} Not a switch point. */
    public boolean isOfNumbers() {
        return subject instanceof Subject.Numbers;
    }
}
