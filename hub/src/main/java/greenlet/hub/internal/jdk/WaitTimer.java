package greenlet.hub.internal.jdk;

import greenlet.hub.schedule.RunLoop;
import greenlet.hub.time.Timer;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The timer of a green thread's timed wait, and what the JDK holds to cancel it. Confined to its hub's carrier thread. */
final class WaitTimer extends Timer implements ScheduledFuture<Object> {
    private final RunLoop loop;
    private @Nullable Runnable command;

    WaitTimer(RunLoop loop) {
        this.loop = loop;
    }

    void set(Runnable newCommand, long delayNanos) {
        loop.setTimer(this, delayNanos);
        command = newCommand;
    }

    @Override
    protected void fire() {
        Runnable due = command;
        command = null;
        if (due != null) {
            due.run();
        }
    }

    @Override
    public boolean cancel(boolean mayInterrupt) {
        command = null;
        return loop.cancelTimer(this);
    }

    @Override
    public boolean isCancelled() {
        return command == null && !isSet();
    }

    @Override
    public boolean isDone() {
        return !isSet();
    }

    @Override
    public Object get() {
        throw onlyCancelled();
    }

    @Override
    public Object get(long timeout, TimeUnit unit) {
        throw onlyCancelled();
    }

    @Override
    public long getDelay(TimeUnit unit) {
        throw onlyCancelled();
    }

    @Override
    public int compareTo(Delayed other) {
        throw onlyCancelled();
    }

    private static UnsupportedOperationException onlyCancelled() {
        return new UnsupportedOperationException(
                "The JDK only cancels the timer of a timed wait: please report this as a bug");
    }
}
