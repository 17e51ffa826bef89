package greenlet.lab.process;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * How often the kernel took this process's threads off a core, ended threads included: {@code getrusage} of Linux. A sum over
 * {@code /proc/self/task} would forget the ended ones and read ten thousand files for as many threads.
 *
 * <p>Immutable.
 *
 * @param voluntarySwitches a thread waited for something
 * @param involuntarySwitches its time was up, or another one was more urgent
 */
public record ProcessUsage(long voluntarySwitches, long involuntarySwitches) {
    /** {@code struct rusage} of 64-bit Linux: two times of two words each, then fourteen words. */
    private static final int WORDS = 18;

    private static final int VOLUNTARY_WORD = 16;
    private static final int INVOLUNTARY_WORD = 17;
    private static final int THIS_PROCESS = 0;
    private static final Optional<MethodHandle> GETRUSAGE = Libc.find("getrusage");

    /** {@return what the kernel has counted so far, or nothing where it is not asked for it} Not a switch point. */
    public static Optional<ProcessUsage> now() {
        return GETRUSAGE.flatMap(ProcessUsage::read);
    }

    /**
     * The growth since an earlier count. Not a switch point.
     *
     * @param before the earlier count
     * @return the difference
     */
    public ProcessUsage since(ProcessUsage before) {
        return new ProcessUsage(
                voluntarySwitches - before.voluntarySwitches, involuntarySwitches - before.involuntarySwitches);
    }

    private static Optional<ProcessUsage> read(MethodHandle getrusage) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment usage = arena.allocate(ValueLayout.JAVA_LONG, WORDS);
            int failed = (int) getrusage.invokeExact(THIS_PROCESS, usage);
            return failed != 0
                    ? Optional.empty()
                    : Optional.of(new ProcessUsage(
                            usage.getAtIndex(ValueLayout.JAVA_LONG, VOLUNTARY_WORD),
                            usage.getAtIndex(ValueLayout.JAVA_LONG, INVOLUNTARY_WORD)));
        } catch (Throwable impossible) {
            throw new IllegalStateException(
                    "Cannot read the process's counts. This is a bug in the lab; please report it.", impossible);
        }
    }
}
