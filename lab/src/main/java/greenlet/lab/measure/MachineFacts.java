package greenlet.lab.measure;

import greenlet.hub.JdkAdvice;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.software.os.OperatingSystem;

/**
 * Finds out what machine this is.
 *
 * <p>Safe for use from any thread.
 */
public final class MachineFacts {
    private static final String UNKNOWN = "unknown";
    private static final Set<String> TELLING_FLAGS = Set.of(
            "aes",
            "avx2",
            "avx512f",
            "bmi2",
            "constant_tsc",
            "fsgsbase",
            "hypervisor",
            "ibpb",
            "ibrs",
            "invpcid",
            "pcid",
            "pti",
            "sse4_2",
            "ssbd",
            "stibp",
            "asimd",
            "atomics",
            "sve",
            "sve2");

    private MachineFacts() {}

    /**
     * Looks at this machine. May block on file I/O.
     *
     * @param more facts to add, by name
     * @return what was found
     */
    public static Machine gather(SortedMap<String, String> more) {
        SystemInfo system = new SystemInfo();
        OperatingSystem os = system.getOperatingSystem();
        HardwareAbstractionLayer hardware = system.getHardware();
        SortedMap<String, String> facts = new TreeMap<>(more);
        CentralProcessor processor = hardware.getProcessor();
        facts.putAll(KernelFacts.below(Path.of("/")));
        facts.put("physicalCores", Integer.toString(processor.getPhysicalProcessorCount()));
        facts.put("logicalCores", Integer.toString(processor.getLogicalProcessorCount()));
        String flags = flags(processor.getFeatureFlags());
        if (!flags.isEmpty()) {
            facts.put("cpuFlags", flags);
        }
        double load = processor.getSystemLoadAverage(1)[0];
        if (load >= 0) {
            facts.put("loadAtStart", String.format(Locale.ROOT, "%.2f", load));
        }
        facts.putAll(JvmVariables.facts(System.getenv()));
        JdkAdvice.forThisJdk().ifPresent(advice -> facts.put("jdkAdvice", advice));
        return new Machine(
                os.getFamily() + " " + os.getVersionInfo().getVersion(),
                property("os.version"),
                property("os.arch"),
                processor.getProcessorIdentifier().getName().strip(),
                Runtime.getRuntime().availableProcessors(),
                hardware.getMemory().getTotal(),
                property("java.vendor") + " " + property("java.runtime.version"),
                property("java.vm.name") + " " + property("java.vm.version"),
                version(),
                facts);
    }

    /** {@return version of this project, as its jar tells it} Not a switch point. */
    public static String version() {
        return Objects.requireNonNullElse(
                MachineFacts.class.getPackage().getImplementationVersion(), "development (not run from its jar)");
    }

    /** Of a hundred flags or more those that decide how compiled code computes and what a switch costs, and whether this is a guest. */
    private static String flags(List<String> lines) {
        return lines.stream()
                .flatMap(line -> Arrays.stream(
                        line.substring(line.indexOf(':') + 1).strip().split("\\s+", -1)))
                .map(flag -> flag.toLowerCase(Locale.ROOT))
                .filter(TELLING_FLAGS::contains)
                .distinct()
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static String property(String name) {
        return System.getProperty(name, UNKNOWN);
    }
}
