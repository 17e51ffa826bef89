package greenlet.internal;

/**
 * Makes sure that there is stack for what the first use in a JVM does: it loads classes, links handles and rehearses, in a
 * class initialiser. One that overflows leaves its class unusable for ever. This class has no initialiser, and overflows
 * outside of any. Later uses do not ask, and may have less.
 *
 * <p>It goes down by frames of half a kilobyte: of locals that are used again after the call, and that no compiler knows to
 * be equal, so that compiled frames have them as well.
 */
final class FirstRoom {
    private static final int FRAMES = 192;

    private static boolean found;
    private static volatile long source;

    private FirstRoom() {}

    /** Throws {@code StackOverflowError} if nothing has been initialised yet and there is too little stack left for it. */
    static void ensure() {
        if (!found) {
            source = descend(FRAMES);
            found = true;
        }
    }

    private static long descend(int frames) {
        long a0 = source,
                a1 = source,
                a2 = source,
                a3 = source,
                a4 = source,
                a5 = source,
                a6 = source,
                a7 = source,
                a8 = source,
                a9 = source;
        long b0 = source,
                b1 = source,
                b2 = source,
                b3 = source,
                b4 = source,
                b5 = source,
                b6 = source,
                b7 = source,
                b8 = source,
                b9 = source;
        long c0 = source,
                c1 = source,
                c2 = source,
                c3 = source,
                c4 = source,
                c5 = source,
                c6 = source,
                c7 = source,
                c8 = source,
                c9 = source;
        long d0 = source,
                d1 = source,
                d2 = source,
                d3 = source,
                d4 = source,
                d5 = source,
                d6 = source,
                d7 = source,
                d8 = source,
                d9 = source;
        long e0 = source,
                e1 = source,
                e2 = source,
                e3 = source,
                e4 = source,
                e5 = source,
                e6 = source,
                e7 = source,
                e8 = source,
                e9 = source;
        long f0 = source,
                f1 = source,
                f2 = source,
                f3 = source,
                f4 = source,
                f5 = source,
                f6 = source,
                f7 = source,
                f8 = source,
                f9 = source;
        long below = frames > 0 ? descend(frames - 1) : 0;
        return below + a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8 + a9 + b0 + b1 + b2 + b3 + b4 + b5 + b6 + b7 + b8 + b9
                + c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + d0 + d1 + d2 + d3 + d4 + d5 + d6 + d7 + d8 + d9 + e0
                + e1 + e2 + e3 + e4 + e5 + e6 + e7 + e8 + e9 + f0 + f1 + f2 + f3 + f4 + f5 + f6 + f7 + f8 + f9;
    }
}
