package greenlet.hub.internal.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.hub.poll.ParkingPoller;
import greenlet.hub.schedule.FifoQueue;
import greenlet.hub.schedule.Ready;
import greenlet.hub.schedule.RunLoop;
import greenlet.hub.time.SystemClock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An attendant without memory for its timers. */
@Timeout(60)
class HandOffTest {
    private static final int MORE_HUBS_THAN_FIT_AT_FIRST = 200;

    /** So often setting a timer fails. */
    private final AtomicInteger failures = new AtomicInteger();

    private final CountDownLatch secondLook = new CountDownLatch(1);
    private final Attendant attendant = new Attendant(this::nanos);

    @BeforeAll
    static void openTheJdk() {
        assertThat(HubBinding.refusal()).isNull();
    }

    private long nanos() {
        if (failures.get() > 0 && isSettingATimer()) {
            if (failures.decrementAndGet() == 0) {
                secondLook.countDown();
            }
            throw new OutOfMemoryError("planted");
        }
        return System.nanoTime();
    }

    private static boolean isSettingATimer() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().equals(RunLoop.class.getName())
                        && "setTimer".equals(frame.getMethodName())));
    }

    /** What every hub had after that: a flag that says that somebody looks, and nobody who does. */
    @Test
    void onOffered_noMemoryForTheTimer_nextCallIsLookedAt() throws Exception {
        HubScheduler scheduler = scheduler();
        HandOff handOff = new HandOff(new Baton(scheduler), 1_000_000, attendant);
        HubCarrier carrier = new HubCarrier(scheduler, "calls");
        attendant.ensureStarted();
        failures.set(2);

        handOff.onOffered(carrier);
        awaitErrands();
        handOff.onOffered(carrier);

        assertThat(secondLook.await(30, TimeUnit.SECONDS)).isTrue();
        scheduler.end();
    }

    @Test
    void open_manyHubs_setsRoomAsideForEach() throws Exception {
        HubScheduler scheduler = scheduler();
        attendant.ensureStarted();
        HandOff[] handOffs = new HandOff[MORE_HUBS_THAN_FIT_AT_FIRST];
        for (int i = 0; i < handOffs.length; i++) {
            handOffs[i] = new HandOff(new Baton(scheduler), 1_000_000, attendant);
            handOffs[i].open();
        }
        awaitErrands();
        int room = attendant.loop().timerRoom();
        for (HandOff handOff : handOffs) {
            handOff.close();
        }
        HandOff next = new HandOff(new Baton(scheduler), 1_000_000, attendant);
        next.open();
        awaitErrands();

        assertThat(room).isGreaterThanOrEqualTo(MORE_HUBS_THAN_FIT_AT_FIRST);
        assertThat(attendant.loop().timerRoom()).isEqualTo(room);
        scheduler.end();
    }

    private static HubScheduler scheduler() {
        RunLoop loop = new RunLoop(new FifoQueue(), new SystemClock(), new ParkingPoller());
        return new HubScheduler("hand-off", loop, new SelfTest.Deaf(), 1_000_000, 0);
    }

    /** Errands are run in the order in which they were sent. */
    private void awaitErrands() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        attendant.send(new Ready() {
            @Override
            protected void takeTurn() {
                done.countDown();
            }
        });
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    }
}
