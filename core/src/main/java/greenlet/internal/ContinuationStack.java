package greenlet.internal;

import greenlet.GreenletException;
import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;
import org.jspecify.annotations.Nullable;

/** A greenlet's stack as a continuation: leaving it is a yield to the {@link Trampoline} in the root of the thread. */
final class ContinuationStack extends Continuation implements SuspendableStack {
    private static final ContinuationScope SCOPE = new ContinuationScope("greenlet");

    private final Thread thread;

    ContinuationStack(Runnable task, Thread thread) {
        super(SCOPE, task);
        this.thread = thread;
    }

    @Override
    public void leave() {
        Object bindings = ThreadScopes.bindings(thread);
        Object containers = ThreadScopes.containers(thread);
        Continuation.yield(SCOPE);
        ThreadScopes.restore(thread, bindings, containers);
    }

    @Override
    protected void onPinned(Pinned reason) {
        String obstacle = switch (reason) {
            case NATIVE -> "a native frame or a class initialiser is on its stack";
            case MONITOR -> "it holds a monitor";
            case CRITICAL_SECTION -> "it is in a critical section of the JDK";
            case EXCEPTION -> "the JVM had no room to save its stack";
        };
        throw new GreenletException.Pinned("Cannot leave the current greenlet: " + obstacle
                + ". Switch before the frame is entered or after it has returned.");
    }

    /** Suspends and resumes once; throws if this JDK's continuations do not do what greenlets need. */
    static void selfTest() {
        int[] steps = {0};
        Thread thread = Thread.currentThread();
        @Nullable ContinuationStack[] self = {null};
        ContinuationStack stack = new ContinuationStack(
                () -> {
                    steps[0]++;
                    ContinuationStack running = self[0];
                    if (running != null) {
                        running.leave();
                    }
                    steps[0]++;
                },
                thread);
        self[0] = stack;
        stack.run();
        if (steps[0] != 1 || stack.isDone()) {
            throw new AssertionError("a continuation did not suspend");
        }
        stack.run();
        if (steps[0] != 2 || !stack.isDone()) {
            throw new AssertionError("a continuation did not resume");
        }
    }
}
