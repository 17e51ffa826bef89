package greenlet.hub;

import java.util.List;

/** Notes who spawns a green thread and where. */
final class Origins {
    private static final int MOST_FRAMES = 16;
    private static final StackWalker WALKER = StackWalker.getInstance();

    private Origins() {}

    /** On the thread that spawns. Some microseconds. */
    static GreenThreadDump.Origin here() {
        List<StackTraceElement> at = WALKER.walk(frames -> frames.map(StackWalker.StackFrame::toStackTraceElement)
                .filter(frame -> !isOurs(frame.getClassName()))
                .limit(MOST_FRAMES)
                .map(frame -> new StackTraceElement(
                        null,
                        null,
                        null,
                        frame.getClassName(),
                        frame.getMethodName(),
                        frame.getFileName(),
                        frame.getLineNumber()))
                .toList());
        return new GreenThreadDump.Origin(Thread.currentThread().getName(), at);
    }

    /** What lies between the spawner's call and here: this package's public face, its insides and the JDK's start of a thread. */
    private static boolean isOurs(String type) {
        return type.startsWith("greenlet.hub.internal.")
                || type.equals(Origins.class.getName())
                || type.equals(Registry.class.getName())
                || type.equals(Hub.class.getName())
                || type.startsWith("jdk.internal.vm.")
                || type.startsWith("java.lang.VirtualThread")
                || type.startsWith("java.lang.System$")
                || type.startsWith("java.lang.ThreadBuilders");
    }
}
