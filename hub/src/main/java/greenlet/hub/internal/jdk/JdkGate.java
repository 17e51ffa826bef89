package greenlet.hub.internal.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Opens what the hub needs of the JDK, through the one flag {@code --add-opens java.base/java.lang=…}.
 *
 * <p>With {@code java.lang} open, a lookup in it reaches {@code Module.implAddExports} and {@code implAddOpens}, and those
 * open the other packages to this module only. This class names no internal type, so that it can be loaded first;
 * every other class of this package is loaded after {@link #open} has succeeded.
 *
 * <p>Immutable.
 */
public final class JdkGate {
    private static final String[] EXPORTED = {"jdk.internal.misc", "jdk.internal.vm", "jdk.internal.access"};
    private static final String[] OPENED = {
        "java.util.concurrent", "java.util.concurrent.locks", "jdk.internal.vm", "sun.nio.ch", "sun.launcher"
    };

    private static final class Opened {
        static final MethodHandles.@Nullable Lookup JAVA_LANG;
        static final @Nullable Throwable FAILURE;

        static {
            MethodHandles.Lookup lookup = null;
            Throwable failure = null;
            try {
                lookup = MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup());
                openPackages(lookup);
            } catch (Throwable t) { // whatever is missing is reported as one refusal
                lookup = null;
                failure = t;
            }
            JAVA_LANG = lookup;
            FAILURE = failure;
        }
    }

    private JdkGate() {}

    /**
     * Whether the flag is there. If it is and {@link #open} fails all the same, then for what this JDK lacks.
     *
     * @return true if {@code java.lang} is open to the hub
     */
    static boolean isFlagGiven() {
        return Object.class.getModule().isOpen("java.lang", JdkGate.class.getModule());
    }

    /**
     * Opens the JDK to this module, once.
     *
     * @return a lookup with full access to {@code java.lang}
     * @throws IllegalAccessException if the flag is missing or this JDK lacks what is needed
     */
    public static MethodHandles.Lookup open() throws IllegalAccessException {
        MethodHandles.Lookup lookup = Opened.JAVA_LANG;
        if (lookup == null) {
            IllegalAccessException refusal = new IllegalAccessException("the JDK is not open to the hub");
            refusal.initCause(Opened.FAILURE);
            throw refusal;
        }
        return lookup;
    }

    private static void openPackages(MethodHandles.Lookup javaLang) throws Throwable {
        Module base = Object.class.getModule();
        Module self = JdkGate.class.getModule();
        MethodType type = MethodType.methodType(void.class, String.class, Module.class);
        MethodHandle export = javaLang.findVirtual(Module.class, "implAddExports", type);
        MethodHandle open = javaLang.findVirtual(Module.class, "implAddOpens", type);
        for (String name : EXPORTED) {
            export.invoke(base, name, self);
        }
        for (String name : OPENED) {
            open.invoke(base, name, self);
        }
    }
}
