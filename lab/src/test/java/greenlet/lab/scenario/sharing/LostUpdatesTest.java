package greenlet.lab.scenario.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.hub.Hub;
import greenlet.lab.scenario.Crew;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** On a hub the schedule is the hub's own, so what is lost is the same each time. */
class LostUpdatesTest {
    private static final int TASKS = 8;

    @Test
    void unlocked_onAHub_losesNothing() throws Exception {
        assertThat(onHub(lost -> lost.unlocked(100_000))).isZero();
    }

    @Test
    void aroundBlockingCall_onAHub_losesUpdates_theSameEachTime() throws Exception {
        List<Long> lost = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            lost.add(onHub(updates -> updates.aroundBlockingCall(50)));
        }
        assertThat(lost).allMatch(count -> count > 0 && count < TASKS * 50);
        assertThat(lost).containsOnly(lost.getFirst());
    }

    @Test
    void aroundBlockingCall_ofASingleTask_losesNothing() throws Exception {
        assertThat(new LostUpdates(Thread.ofVirtual().factory(), 1).aroundBlockingCall(50))
                .isZero();
    }

    @Test
    void lockedUpdates_ofPlatformThreads_loseNothing() throws Exception {
        Counter counter = new Counter();
        Crew.run(Thread.ofPlatform().factory(), TASKS, _ -> {
            for (int i = 0; i < 10_000; i++) {
                counter.addLocked();
            }
        });
        assertThat(counter.read()).isEqualTo(TASKS * 10_000L);
    }

    @Test
    void appender_seesWhatWasLogged() throws Exception {
        LogAppender log = LogAppender.open(Thread.ofVirtual().factory());
        log.log("four");
        log.log("fives");
        log.close();
        assertThat(log.written()).isEqualTo(9);
    }

    @Test
    void updateCost_isPositive_howeverManyWantTheLock() throws Exception {
        UpdateCost cost = new UpdateCost(Thread.ofVirtual().factory(), 1_000_000);
        assertThat(cost.unlocked()).isPositive();
        assertThat(cost.locked(1)).isPositive();
        assertThat(cost.locked(TASKS)).isPositive();
    }

    private interface Experiment {
        long run(LostUpdates lost) throws Exception;
    }

    /** Started from a thread of the hub: all starts are then the hub's too. */
    private static long onHub(Experiment experiment) throws Exception {
        try (Hub hub = Hub.start()) {
            Callable<Long> body = () -> experiment.run(new LostUpdates(hub.threadFactory(), TASKS));
            return Crew.call(hub.threadFactory(), body);
        }
    }
}
