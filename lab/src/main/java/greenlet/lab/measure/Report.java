package greenlet.lab.measure;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * Everything that one comparison found. {@code docs/report-schema.md} documents it as a file.
 *
 * <p>Immutable.
 *
 * @param schema version of this layout, see {@link #SCHEMA}
 * @param createdAt when the first comparison of this report started
 * @param updatedAt when the last figure was added
 * @param budget the budget it ran under
 * @param partial whether it ended before its plan did
 * @param machine where it ran
 * @param runs the figures, in the order of the plan
 * @param crossings where mechanisms cross on the curves that were measured; empty if there was none, and in reports of before there were
 *     curves
 * @param jvmFlags what the workers' JVMs were started with, an entry for each scenario and size; empty in reports of before it was told
 */
public record Report(
        int schema,
        Instant createdAt,
        Instant updatedAt,
        Budget budget,
        boolean partial,
        Machine machine,
        List<Run> runs,
        List<Crossing> crossings,
        List<JvmFlags> jvmFlags) {
    /** The layout that this version writes; a reader refuses any other. */
    public static final int SCHEMA = 1;

    /** Copies the runs. */
    public Report {
        requireNonNull(createdAt, "createdAt");
        requireNonNull(updatedAt, "updatedAt");
        requireNonNull(budget, "budget");
        requireNonNull(machine, "machine");
        runs = List.copyOf(runs);
        crossings = crossings == null ? List.of() : List.copyOf(crossings);
        jvmFlags = jvmFlags == null ? List.of() : List.copyOf(jvmFlags);
    }

    /**
     * A report without curves that does not tell its flags. Not a switch point.
     *
     * @param schema version of the layout
     * @param createdAt when the first comparison of this report started
     * @param updatedAt when the last figure was added
     * @param budget the budget it ran under
     * @param partial whether it ended before its plan did
     * @param machine where it ran
     * @param runs the figures
     */
    public Report(
            int schema,
            Instant createdAt,
            Instant updatedAt,
            Budget budget,
            boolean partial,
            Machine machine,
            List<Run> runs) {
        this(schema, createdAt, updatedAt, budget, partial, machine, runs, List.of(), List.of());
    }
}
