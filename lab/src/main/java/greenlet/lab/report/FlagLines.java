package greenlet.lab.report;

import greenlet.lab.measure.JvmFlags;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the workers' JVMs were started with, as people read it: once what all of them got, then what else each scenario got. Immutable. */
final class FlagLines {
    private FlagLines() {}

    static Map<String, String> of(List<JvmFlags> all) {
        Map<String, String> lines = new LinkedHashMap<>();
        if (all.isEmpty()) {
            return lines;
        }
        List<String> common = new ArrayList<>(all.getFirst().flags());
        all.forEach(each -> common.retainAll(each.flags()));
        lines.put("Flags of all workers", String.join(" ", common));
        all.stream()
                .collect(Collectors.groupingBy(JvmFlags::scenario, LinkedHashMap::new, Collectors.toList()))
                .forEach((scenario, sizes) -> lines.putAll(further(scenario, sizes, common)));
        return lines;
    }

    /** One line if it is the same at all sizes, else one for each; none where there is nothing to add. */
    private static Map<String, String> further(String scenario, List<JvmFlags> sizes, List<String> common) {
        Map<String, List<String>> sizesByFlags = sizes.stream()
                .collect(Collectors.groupingBy(
                        each -> each.flags().stream()
                                .filter(flag -> !common.contains(flag))
                                .collect(Collectors.joining(" ")),
                        LinkedHashMap::new,
                        Collectors.mapping(each -> Column.size(each.parameters()), Collectors.toList())));
        Map<String, String> lines = new LinkedHashMap<>();
        sizesByFlags.forEach((flags, at) -> {
            if (!flags.isEmpty()) {
                String where = sizesByFlags.size() == 1 ? "" : " (" + String.join("; ", at) + ")";
                lines.put("Flags of " + scenario + where, flags);
            }
        });
        return lines;
    }
}
