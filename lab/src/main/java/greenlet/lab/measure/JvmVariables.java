package greenlet.lab.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Flags that every JVM of this environment reads from it, the workers' too, and that stand on no command line. Of anything but {@code -X…} only the
 * name is kept: a report is made to be shown, and system properties hold passwords.
 */
final class JvmVariables {
    private static final List<String> NAMES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");

    private JvmVariables() {}

    /** Those that are set, as facts. */
    static SortedMap<String, String> facts(Map<String, String> environment) {
        SortedMap<String, String> facts = new TreeMap<>();
        for (String name : NAMES) {
            String value = environment.getOrDefault(name, "");
            String kept = Arrays.stream(value.strip().split("\\s+", -1))
                    .filter(word -> word.startsWith("-"))
                    .map(word -> word.startsWith("-X") ? word : word.replaceFirst("[=:].*", "=…"))
                    .collect(Collectors.joining(" "));
            if (!kept.isEmpty()) {
                facts.put(name, kept);
            }
        }
        return facts;
    }
}
