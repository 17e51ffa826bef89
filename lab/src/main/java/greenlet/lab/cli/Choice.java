package greenlet.lab.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Names that a user gave, looked up among those that are known. */
final class Choice {
    private Choice() {}

    /** What was chosen, in the order of {@code known}; everything if no name was given. */
    static <T> List<T> of(String kind, List<String> names, List<T> known, Function<T, String> nameOf) {
        List<String> unknown = new ArrayList<>(names);
        unknown.removeAll(known.stream().map(nameOf).toList());
        if (!unknown.isEmpty()) {
            throw new Refusal("Unknown " + kind + " '" + unknown.getFirst() + "'. Known are: "
                    + known.stream().map(nameOf).collect(Collectors.joining(", ")) + ".");
        }
        return names.isEmpty()
                ? known
                : known.stream()
                        .filter(one -> names.contains(nameOf.apply(one)))
                        .toList();
    }
}
