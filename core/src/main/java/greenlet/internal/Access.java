package greenlet.internal;

import greenlet.GreenletException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Opens the packages of {@code java.base} that greenlets are made of, through the one that the user opens with the one
 * flag: with {@code java.lang} open, {@code Module.implAddExports} and {@code implAddOpens} are reachable. Must run
 * before any class that names a class of those packages is loaded: a superclass is checked when its subclass is defined.
 */
final class Access {
    private static final String OPENED_BY_USER = "java.lang";
    private static final String[] EXPORTED = {"jdk.internal.vm", "jdk.internal.misc"};
    private static final String[] OPENED = {"jdk.internal.vm", "java.lang.ref"};

    private Access() {}

    /** Opens what is needed; returns null, or the refusal if the user's flag is missing. */
    static GreenletException.@Nullable Unavailable open() {
        Module ours = Access.class.getModule();
        Module base = Object.class.getModule();
        if (!base.isOpen(OPENED_BY_USER, ours)) {
            return new GreenletException.Unavailable(missingFlag(ours));
        }
        try {
            MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(Module.class, MethodHandles.lookup());
            MethodType type = MethodType.methodType(void.class, String.class, Module.class);
            MethodHandle exports = lookup.findVirtual(Module.class, "implAddExports", type);
            MethodHandle opens = lookup.findVirtual(Module.class, "implAddOpens", type);
            for (String name : EXPORTED) {
                exports.invokeExact(base, name, ours);
            }
            for (String name : OPENED) {
                opens.invokeExact(base, name, ours);
            }
            return null;
        } catch (Throwable cause) {
            return unsuitable(cause);
        }
    }

    static GreenletException.Unavailable unsuitable(Throwable cause) {
        var refusal = new GreenletException.Unavailable("Cannot start greenlets: Java " + Runtime.version()
                + " is built differently from the JDKs that they are made for. Run on JDK 25, or choose the slower"
                + " portable binding with -Dgreenlet.binding=portable.");
        refusal.initCause(cause);
        return refusal;
    }

    /** The remedy for this very launch: a named module of ours means the module path, the unnamed one the class path. */
    private static String missingFlag(Module ours) {
        String target = ours.isNamed() ? ours.getName() : "ALL-UNNAMED";
        String where = ours.isNamed() ? "module path" : "class path";
        return "Cannot start greenlets: java.base does not open java.lang to them. Add to the java command (" + where
                + "): --add-opens java.base/java.lang=" + target
                + (ours.isNamed()
                        ? ""
                        : "; or, for java -jar, the line 'Add-Opens: java.base/java.lang' to the manifest")
                + ".";
    }
}
