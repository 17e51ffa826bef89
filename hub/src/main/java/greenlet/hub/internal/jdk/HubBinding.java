package greenlet.hub.internal.jdk;

import org.jspecify.annotations.Nullable;

/** Whether this JVM can carry a hub, and what to do if not. Immutable. */
public final class HubBinding {
    /** What came of the check. */
    private record Checked(@Nullable String refusal) {}

    private static volatile @Nullable Checked checked;

    private HubBinding() {}

    /**
     * Checks that hubs work here.
     *
     * @return null if they do, or one message with the remedy
     */
    public static @Nullable String refusal() {
        Checked known = checked;
        if (known == null) { // once, but again after one that failed for want of memory or threads
            known = new Checked(check());
            checked = known;
        }
        return known.refusal();
    }

    private static @Nullable String check() {
        if (!JdkGate.isFlagGiven()) {
            return flagMissing();
        }
        if (!areVirtualThreadsContinuations()) {
            return continuationsMissing();
        }
        try {
            JdkGate.open();
            Class.forName("greenlet.hub.internal.jdk.VirtualThreads", true, HubBinding.class.getClassLoader());
            CarrierStack.check();
            SelfTest.run("greenlet-self-test");
            return null;
        } catch (ReflectiveOperationException | LinkageError | IllegalStateException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return "Cannot open a hub: this JDK (" + Runtime.version() + " of "
                    + System.getProperty("java.vendor") + ") lacks what the hub needs of virtual threads (" + cause
                    + "). Run with JDK 25, the version this was built and tested on.";
        }
    }

    /** Where the JVM has no continuations, {@code Thread.ofVirtual} makes platform threads in disguise. */
    private static boolean areVirtualThreadsContinuations() {
        return Thread.ofVirtual().unstarted(() -> {}).getClass().getName().equals("java.lang.VirtualThread");
    }

    private static String continuationsMissing() {
        return "Cannot open a hub: this JVM (" + Runtime.version() + " of " + System.getProperty("java.vendor")
                + " on " + System.getProperty("os.arch")
                + ") runs without continuations, so that its virtual threads are platform threads. Remove"
                + " -XX:-VMContinuations from the java command and from the environment variables JDK_JAVA_OPTIONS and"
                + " JAVA_TOOL_OPTIONS; if it is not there, use a machine for which the JDK has continuations, such as"
                + " x64 or AArch64.";
    }

    private static String flagMissing() {
        Module self = JdkGate.class.getModule();
        return "Cannot open a hub: java.base does not open java.lang to "
                + (self.isNamed() ? "module greenlet.hub" : "the class path")
                + " in this JVM. Add this to the java command, before -jar or the main class: "
                + "--add-opens java.base/java.lang=" + (self.isNamed() ? self.getName() : "ALL-UNNAMED")
                + " (or set it in the environment variable JDK_JAVA_OPTIONS).";
    }
}
