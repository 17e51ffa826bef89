package greenlet.lab.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * How long a thread of this process was ready to run and had no core, because others had them. Linux tells it; elsewhere nothing is known.
 *
 * <p>Safe for use from any thread.
 */
public final class RunQueue {
    private static final Path OF_THIS_THREAD = Path.of("/proc/thread-self");
    private static final Path THREADS = Path.of("/proc/self/task");

    private RunQueue() {}

    /** {@return the system's number of this platform thread; empty where it is not told} Not a switch point. */
    public static OptionalLong threadNumber() {
        try {
            // process/task/thread
            return OptionalLong.of(Long.parseLong(
                    Files.readSymbolicLink(OF_THIS_THREAD).getFileName().toString()));
        } catch (IOException | RuntimeException notTold) {
            return OptionalLong.empty();
        }
    }

    /**
     * Reads the kernel's account. Not a switch point.
     *
     * @param threadNumber what {@link #threadNumber} gave
     * @return nanoseconds since the thread began; empty where they are not told, or the thread has ended
     */
    public static OptionalLong waitedNanos(long threadNumber) {
        try {
            // Nanoseconds on a core, nanoseconds without one, turns.
            String account = Files.readString(
                    THREADS.resolve(Long.toString(threadNumber)).resolve("schedstat"));
            return OptionalLong.of(Long.parseLong(account.split(" ", 3)[1]));
        } catch (IOException | RuntimeException notTold) {
            return OptionalLong.empty();
        }
    }
}
