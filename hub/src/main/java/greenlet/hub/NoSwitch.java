package greenlet.hub;

import greenlet.hub.internal.jdk.GreenTask;
import greenlet.hub.internal.jdk.HubScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a stretch of code on a hub is atomic: that it contains no switch point that is taken.
 *
 * {@snippet :
 * NoSwitch.run(() -> {
 *     accounts.merge(from, -amount, Integer::sum);
 *     accounts.merge(to, amount, Integer::sum);
 * });
 * }
 *
 * <p>Failures: a {@link SwitchedException} that carries the stack at the first switch. It is thrown at the end of the stretch, when
 * the damage is done: this finds mistakes, it does not undo them.
 *
 * <p>Safe for use from any thread; outside hubs it only runs the body. Costs some nanoseconds.
 */
public final class NoSwitch {
    /** Remembers where the thread was first switched out. Confined to the green thread and whichever carrier has the hub's turn. */
    private static final class FirstSwitch implements GreenTask.SwitchWatch {
        /** Empty if there was no memory to take it. */
        private StackTraceElement @Nullable [] stack;

        private final GreenTask.@Nullable SwitchWatch outer;

        FirstSwitch(GreenTask.@Nullable SwitchWatch outer) {
            this.outer = outer;
        }

        @Override
        public void onSwitchedOut(GreenTask task) {
            if (stack == null) {
                stack = UNKNOWN;
                stack = SwitchedException.stackOf(task.thread());
            }
            if (outer != null) {
                outer.onSwitchedOut(task);
            }
        }
    }

    private static final StackTraceElement[] UNKNOWN = {};

    private NoSwitch() {}

    /**
     * Runs a body and checks that the hub ran nobody else meanwhile. A switch point only if it fails.
     *
     * @param body the stretch of code
     * @param <T> the type of its value
     * @param <X> what it may throw
     * @return what the body returned
     * @throws X what the body threw
     * @throws SwitchedException if the caller was switched out; what the body threw is then suppressed in it
     */
    public static <T extends @Nullable Object, X extends Throwable> T run(Body<T, X> body) throws X {
        GreenTask task = HubScheduler.current();
        if (task == null) {
            return body.run();
        }
        FirstSwitch watch = new FirstSwitch(task.watch(null));
        task.watch(watch);
        T value;
        try {
            value = body.run();
        } catch (Throwable thrown) {
            SwitchedException switched = finish(task, watch);
            if (switched != null) {
                switched.addSuppressed(thrown);
                throw switched;
            }
            throw thrown;
        }
        SwitchedException switched = finish(task, watch);
        if (switched != null) {
            throw switched;
        }
        return value;
    }

    /**
     * Like {@link #run(Body)} for a body without a value. A switch point only if it fails.
     *
     * @param body the stretch of code
     * @param <X> what it may throw
     * @throws X what the body threw
     * @throws SwitchedException if the caller was switched out; what the body threw is then suppressed in it
     */
    public static <X extends Throwable> void run(Action<X> body) throws X {
        NoSwitch.<@Nullable Void, X>run(() -> {
            body.run();
            return null;
        });
    }

    private static @Nullable SwitchedException finish(GreenTask task, FirstSwitch watch) {
        task.watch(watch.outer);
        StackTraceElement[] stack = watch.stack;
        return stack == null ? null : new SwitchedException(task.thread().getName(), stack);
    }
}
