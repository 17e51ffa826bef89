package greenlet.lab.measure;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The machine and the versions that a comparison ran on.
 *
 * <p>Immutable.
 *
 * @param os operating system and its version
 * @param kernel version of its kernel
 * @param arch processor architecture, as the JVM names it
 * @param cpuModel the processor's own name
 * @param cores logical processors that the JVM may use
 * @param memoryBytes physical memory
 * @param jdk vendor and version of the JDK
 * @param vm name and version of the virtual machine
 * @param greenletVersion version of this project
 * @param facts whatever else was found, by name: versions of Python, of its greenlet and gevent, load, governor …
 */
public record Machine(
        String os,
        String kernel,
        String arch,
        String cpuModel,
        int cores,
        long memoryBytes,
        String jdk,
        String vm,
        String greenletVersion,
        SortedMap<String, String> facts) {
    /** Copies the facts. */
    public Machine {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }
}
