package greenlet.lab.process;

import java.util.List;
import java.util.stream.Stream;

/**
 * Ends a process together with all that it started.
 *
 * <p>Safe for use from any thread.
 */
public final class ProcessTree {
    private ProcessTree() {}

    /**
     * Kills a process and its descendants. Not a switch point.
     *
     * @param root the process
     */
    public static void kill(ProcessHandle root) {
        // Listed first: once the root is dead its children belong to somebody else.
        List<ProcessHandle> below = descendants(root);
        root.destroyForcibly();
        below.forEach(ProcessHandle::destroyForcibly);
    }

    /** Kills every descendant of this process. Not a switch point. */
    public static void killChildren() {
        descendants(ProcessHandle.current()).forEach(ProcessHandle::destroyForcibly);
    }

    private static List<ProcessHandle> descendants(ProcessHandle root) {
        try (Stream<ProcessHandle> all = root.descendants()) {
            return all.toList();
        }
    }
}
