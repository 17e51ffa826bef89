package greenlet.hub.internal.jdk;

import static greenlet.hub.internal.jdk.VirtualThreads.UNSAFE;

import java.util.Locale;
import jdk.internal.misc.VM;
import org.jspecify.annotations.Nullable;

/**
 * The size of a carrier's stack, which bounds how deep green threads can recurse. {@code CarrierThread} has no constructor that takes one, so
 * it is set in the thread object before the thread is started.
 *
 * <p>Immutable.
 */
final class CarrierStack {
    /** Twice what the {@code java} command gives its main thread on Linux, macOS and Windows x64, and as much as on Linux aarch64. */
    private static final long LEAST_DEFAULT_BYTES = 2L << 20;

    /** What stands on a carrier's stack below a green thread's first frame, amply. */
    private static final long CARRIER_FRAMES_BYTES = 64L << 10;

    private static final long HOLDER = UNSAFE.objectFieldOffset(Thread.class, "holder");

    private static final class Size {
        static final long FIELD = find();

        private static long find() {
            Thread sample = new Thread(() -> {});
            Object holder = UNSAFE.getReference(sample, HOLDER);
            return UNSAFE.objectFieldOffset(holder.getClass(), "stackSize");
        }
    }

    private CarrierStack() {}

    /** Gives an unstarted thread a stack of that size. */
    static void set(Thread unstarted, long bytes) {
        UNSAFE.putLong(UNSAFE.getReference(unstarted, HOLDER), Size.FIELD, bytes);
    }

    /** Makes the members of the JDK's that this needs known to be there; fails to initialise if not. */
    static void check() {
        UNSAFE.getLong(UNSAFE.getReference(new Thread(() -> {}), HOLDER), Size.FIELD);
    }

    /**
     * At least what the main thread has, as far as options of this JVM say: {@code -Xss} and {@code -XX:ThreadStackSize}.
     *
     * @return the size in bytes
     */
    static long defaultBytes() {
        // Null, not empty, for a JVM that was started with a jar and nothing else.
        String @Nullable [] arguments = VM.getRuntimeArguments();
        return arguments == null ? defaultBytes(new String[0]) : defaultBytes(arguments);
    }

    static long defaultBytes(String... jvmArguments) {
        long chosen = 0;
        for (String argument : jvmArguments) {
            if (argument.startsWith("-Xss")) {
                chosen = bytes(argument.substring("-Xss".length()));
            } else if (argument.startsWith("-XX:ThreadStackSize=")) {
                chosen = 1024 * bytes(argument.substring("-XX:ThreadStackSize=".length()));
            }
        }
        return Math.max(LEAST_DEFAULT_BYTES, chosen) + CARRIER_FRAMES_BYTES;
    }

    /** A number with one of the JVM's suffixes; the JVM has refused to start with anything else. */
    private static long bytes(String size) {
        String lower = size.toLowerCase(Locale.ROOT);
        int shift = switch (lower.isEmpty() ? ' ' : lower.charAt(lower.length() - 1)) {
            case 'k' -> 10;
            case 'm' -> 20;
            case 'g' -> 30;
            case 't' -> 40;
            default -> 0;
        };
        try {
            return Long.parseLong(shift == 0 ? lower : lower.substring(0, lower.length() - 1)) << shift;
        } catch (NumberFormatException e) { // written in a way that only the JVM knows: its own default will do
            return 0;
        }
    }
}
