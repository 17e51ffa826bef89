package greenlet.lab.process;

import java.lang.management.CompilationMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * What this JVM has spent on collecting and compiling, by its own account in milliseconds.
 *
 * <p>Immutable.
 *
 * @param collectionNanos time of all collections
 * @param compilationNanos time of all compiler threads
 */
public record JvmTimes(long collectionNanos, long compilationNanos) {
    /** {@return what there has been until now} Not a switch point. */
    public static JvmTimes now() {
        long collection = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .filter(millis -> millis > 0)
                .sum();
        CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
        long compilation = compiler != null && compiler.isCompilationTimeMonitoringSupported()
                ? compiler.getTotalCompilationTime()
                : 0;
        return new JvmTimes(TimeUnit.MILLISECONDS.toNanos(collection), TimeUnit.MILLISECONDS.toNanos(compilation));
    }

    /**
     * The difference. Not a switch point.
     *
     * @param before what there had been before
     * @return what came since
     */
    public JvmTimes since(JvmTimes before) {
        return new JvmTimes(collectionNanos - before.collectionNanos, compilationNanos - before.compilationNanos);
    }
}
