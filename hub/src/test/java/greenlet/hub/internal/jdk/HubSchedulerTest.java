package greenlet.hub.internal.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import greenlet.hub.poll.ParkingPoller;
import greenlet.hub.schedule.FifoQueue;
import greenlet.hub.schedule.RunLoop;
import greenlet.hub.time.SystemClock;
import org.junit.jupiter.api.Test;

class HubSchedulerTest {
    /** Fails for want of memory when a thread is started. */
    private static final class Failing implements HubScheduler.Listener {
        @Override
        public void onStarting(GreenTask task) {
            throw new OutOfMemoryError("planted");
        }

        @Override
        public void onEnded(GreenTask task) {}

        @Override
        public void onError(Thread carrier, Throwable failure) {}
    }

    @Test
    void start_listenerFails_listsNoThread() {
        assertThat(HubBinding.refusal()).isNull(); // and opens the JDK
        RunLoop loop = new RunLoop(new FifoQueue(), new SystemClock(), new ParkingPoller());
        HubScheduler scheduler = new HubScheduler("failing", loop, new Failing(), 1_000_000, 0);
        try {
            GreenTask task = scheduler.create("stillborn", () -> {}, GreenTask.Origin.SPAWNED);

            assertThatThrownBy(() -> scheduler.start(task)).hasMessage("planted");
            assertThat(scheduler.tasks()).isEmpty();
        } finally {
            scheduler.end();
        }
    }
}
