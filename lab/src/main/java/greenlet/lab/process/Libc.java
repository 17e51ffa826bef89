package greenlet.lab.process;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** The C library of 64-bit Linux, for what the JDK does not tell or not exactly. */
final class Libc {
    private Libc() {}

    /** A function of an int and a pointer that returns an int; nothing on other systems. */
    @SuppressWarnings("restricted") // The launcher and the workers grant native access; the signature is that of POSIX.
    static Optional<MethodHandle> find(String function) {
        if (!System.getProperty("os.name", "").equals("Linux") || ValueLayout.ADDRESS.byteSize() != Long.BYTES) {
            return Optional.empty();
        }
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find(function)
                .map(symbol -> linker.downcallHandle(
                        symbol,
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS)));
    }
}
