package greenlet.internal;

import greenlet.GreenletException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;
import org.jspecify.annotations.Nullable;

/**
 * A greenlet's stack as a continuation: leaving it is a yield to the {@link Trampoline} in the root of the thread.
 *
 * <p>Reading a suspended continuation's frames while its owner resumes it crashes the JVM. The guard costs a switch
 * nothing: each run begins with a compare-and-set of {@code mounted}, and a reader sets that same flag. An owner that
 * comes meanwhile fails at once, before anything has changed, and tries again ({@link Trampoline}).
 */
final class ContinuationStack extends Continuation implements SuspendableStack {
    static final ContinuationScope SCOPE = new ContinuationScope("greenlet");

    /** Set by who runs it, or reads its frames. */
    static final VarHandle MOUNTED;

    static {
        try {
            MOUNTED = MethodHandles.privateLookupIn(Continuation.class, MethodHandles.lookup())
                    .findVarHandle(Continuation.class, "mounted", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("this JDK's continuations have no flag to guard a stack with", e);
        }
    }

    private static final Readings READINGS = new Readings();

    ContinuationStack(Runnable task) {
        super(SCOPE, task);
    }

    @Override
    public void leave() {
        SuspendedFrame.leave(this);
    }

    @Override
    public void enter(Runnable life) {
        ThreadScopes.runUnbound(Thread.currentThread(), life);
    }

    @Override
    protected void onPinned(Pinned reason) {
        throw refusal(reason);
    }

    static GreenletException refusal(Pinned reason) {
        return new GreenletException.Pinned(PinnedFrame.describe(reason));
    }

    @Override
    public StackTraceElement[] frames(Strand strand) {
        READINGS.begin();
        try {
            if (!MOUNTED.compareAndSet(this, false, true)) {
                return NO_FRAMES; // it runs, or another thread reads it
            }
            try {
                return strand.isSuspended() ? getStackTrace() : NO_FRAMES;
            } finally {
                MOUNTED.setVolatile(this, false);
            }
        } finally {
            READINGS.end();
        }
    }

    /** Waits for the end of a reading, a walk, so microseconds; false if it is held, and by no reader. */
    boolean awaitReaders() {
        return READINGS.awaitRelease(() -> (boolean) MOUNTED.getVolatile(this));
    }

    /** Suspends and resumes once; throws if this JDK's continuations do not do what greenlets need. */
    static void selfTest() {
        int[] steps = {0};
        @Nullable ContinuationStack[] self = {null};
        ContinuationStack stack = new ContinuationStack(() -> {
            steps[0]++;
            ContinuationStack running = self[0];
            if (running != null) {
                running.leave();
            }
            steps[0]++;
        });
        self[0] = stack;
        DirectRun.run(stack);
        if (steps[0] != 1 || stack.isDone()) {
            throw new AssertionError("a continuation did not suspend");
        }
        DirectRun.run(stack);
        if (steps[0] != 2 || !stack.isDone()) {
            throw new AssertionError("a continuation did not resume");
        }
    }
}
