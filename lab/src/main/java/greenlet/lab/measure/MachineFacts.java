package greenlet.lab.measure;

import greenlet.hub.JdkAdvice;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import oshi.SystemInfo;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.software.os.OperatingSystem;

/**
 * Finds out what machine this is.
 *
 * <p>Safe for use from any thread.
 */
public final class MachineFacts {
    private static final String UNKNOWN = "unknown";

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
        facts.put("physicalCores", Integer.toString(hardware.getProcessor().getPhysicalProcessorCount()));
        double load = hardware.getProcessor().getSystemLoadAverage(1)[0];
        if (load >= 0) {
            facts.put("loadAtStart", String.format(Locale.ROOT, "%.2f", load));
        }
        JdkAdvice.forThisJdk().ifPresent(advice -> facts.put("jdkAdvice", advice));
        return new Machine(
                os.getFamily() + " " + os.getVersionInfo().getVersion(),
                property("os.version"),
                property("os.arch"),
                hardware.getProcessor().getProcessorIdentifier().getName().strip(),
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

    private static String property(String name) {
        return System.getProperty(name, UNKNOWN);
    }
}
