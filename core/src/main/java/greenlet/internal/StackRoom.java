package greenlet.internal;

import org.jspecify.annotations.Nullable;

/**
 * Makes sure that there is stack for what happens in the root of a thread, before it begins.
 *
 * <p>A run of a continuation does not expect its own calls to overflow the stack: that leaves the continuation marked as
 * mounted or, if it is the call that marks it as done, has an empty one run later, which crashes. Nor can a greenlet's
 * death be undone half-way, nor what the JDK pins be unpinned. All of that runs within some 2 KB of the trampoline's
 * frame, 4 KB while it is interpreted. So one call asks for more than that first, and a stack that has no room for it
 * overflows here, where nothing has changed.
 *
 * <p>What it asks for are locals that nobody uses. The interpreter makes a frame with all of them. Compiled code has no
 * such frame but, as it may have to give way to one at any moment, makes sure at its beginning that one would fit: one
 * more store for each page that it reaches over (HotSpot's {@code bang_size_in_bytes}, C1's and C2's). That is why the
 * frame is larger than a page of 4 KB. Cost: about a nanosecond.
 *
 * <p>It is an exception so that compilers leave it out of line ({@link SuspendedFrame}): in a large frame of its caller's
 * the locals would be lost. ({@link OutOfLine}, which is one too, takes it in; its frame is small, and its own check then
 * reaches as far.)
 */
final class StackRoom extends Throwable {
    private static final long serialVersionUID = 1;

    /** Never set, which no compiler knows: without a call there would be no moment to give way at, and no check. */
    @SuppressWarnings("FieldMayBeFinal")
    private static @Nullable Runnable never;

    private StackRoom() {}

    /** Throws {@code StackOverflowError} if there is too little stack left for a switch from here. */
    @SuppressWarnings("UnusedVariable") // they take room
    static void ensure() {
        long a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, b0, b1, b2, b3, b4, b5, b6, b7, b8, b9;
        long c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, d0, d1, d2, d3, d4, d5, d6, d7, d8, d9;
        long e0, e1, e2, e3, e4, e5, e6, e7, e8, e9, f0, f1, f2, f3, f4, f5, f6, f7, f8, f9;
        long g0, g1, g2, g3, g4, g5, g6, g7, g8, g9, h0, h1, h2, h3, h4, h5, h6, h7, h8, h9;
        long i0, i1, i2, i3, i4, i5, i6, i7, i8, i9, j0, j1, j2, j3, j4, j5, j6, j7, j8, j9;
        long k0, k1, k2, k3, k4, k5, k6, k7, k8, k9, l0, l1, l2, l3, l4, l5, l6, l7, l8, l9;
        long m0, m1, m2, m3, m4, m5, m6, m7, m8, m9, n0, n1, n2, n3, n4, n5, n6, n7, n8, n9;
        long o0, o1, o2, o3, o4, o5, o6, o7, o8, o9, p0, p1, p2, p3, p4, p5, p6, p7, p8, p9;
        long q0, q1, q2, q3, q4, q5, q6, q7, q8, q9, r0, r1, r2, r3, r4, r5, r6, r7, r8, r9;
        long s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, t0, t1, t2, t3, t4, t5, t6, t7, t8, t9;
        long u0, u1, u2, u3, u4, u5, u6, u7, u8, u9, v0, v1, v2, v3, v4, v5, v6, v7, v8, v9;
        long w0, w1, w2, w3, w4, w5, w6, w7, w8, w9, x0, x1, x2, x3, x4, x5, x6, x7, x8, x9;
        long y0, y1, y2, y3, y4, y5, y6, y7, y8, y9, z0, z1, z2, z3, z4, z5, z6, z7, z8, z9;
        Runnable call = never;
        if (call != null) {
            call.run();
        }
    }
}
