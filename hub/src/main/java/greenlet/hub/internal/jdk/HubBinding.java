package greenlet.hub.internal.jdk;

import org.jspecify.annotations.Nullable;

/** Whether this JVM can carry a hub, and what to do if not. Immutable. */
public final class HubBinding {
    private static final class Checked {
        static final @Nullable String REFUSAL = check();

        private static @Nullable String check() {
            if (!JdkGate.isFlagGiven()) {
                return flagMissing();
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

        private static String flagMissing() {
            Module self = JdkGate.class.getModule();
            return "Cannot open a hub: java.base does not open java.lang to "
                    + (self.isNamed() ? "module greenlet.hub" : "the class path")
                    + " in this JVM. Add this to the java command, before -jar or the main class: "
                    + "--add-opens java.base/java.lang=" + (self.isNamed() ? self.getName() : "ALL-UNNAMED")
                    + " (or set it in the environment variable JDK_JAVA_OPTIONS).";
        }
    }

    private HubBinding() {}

    /**
     * Checks that hubs work here.
     *
     * @return null if they do, or one message with the remedy
     */
    public static @Nullable String refusal() {
        return Checked.REFUSAL;
    }
}
