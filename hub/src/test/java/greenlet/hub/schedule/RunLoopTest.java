package greenlet.hub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import greenlet.hub.poll.HubPoller;
import greenlet.hub.poll.ParkingPoller;
import greenlet.hub.time.HubClock;
import greenlet.hub.time.SystemClock;
import greenlet.hub.time.Timer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop alone, on a clock and a poller of the test's: order, fairness, failures, the hand-over to nobody. */
@Timeout(60)
class RunLoopTest {
    private static final class Step extends Ready {
        private final Runnable work;
        int turns;

        Step(Runnable work) {
            this.work = work;
        }

        @Override
        protected void takeTurn() {
            turns++;
            work.run();
        }
    }

    private static final class Alarm extends Timer {
        private final Runnable work;

        Alarm(Runnable work) {
            this.work = work;
        }

        @Override
        protected void fire() {
            work.run();
        }
    }

    /** Time that passes only when a test says so, or when the loop waits for it. */
    private static final class TestTime implements HubClock, HubPoller {
        long now;
        int polls;
        boolean pending;

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void prepareToWait() {}

        @Override
        public void await(long nanos) {
            assertThat(nanos).as("nothing would ever end this wait").isNotEqualTo(FOREVER);
            now += nanos;
        }

        @Override
        public void wakeUp() {}

        @Override
        public boolean hasPending() {
            return pending;
        }

        @Override
        public void pollNow() {
            polls++;
        }

        @Override
        public void close() {}
    }

    private static final RunLoop.Driver ALWAYS = new RunLoop.Driver() {
        @Override
        public boolean hasTurn() {
            return true;
        }

        @Override
        public boolean awaitTurn() {
            return true;
        }
    };

    private final TestTime time = new TestTime();
    private final RunLoop loop = new RunLoop(new FifoQueue(), time, time);
    private final List<String> trace = new ArrayList<>();
    private final Step stop = new Step(loop::stop);

    @Test
    void submit_several_takeTurnsInOrder() {
        for (String name : List.of("a", "b", "c")) {
            loop.submitLocal(new Step(() -> trace.add(name)));
        }
        loop.submitLocal(stop);

        loop.drive(ALWAYS);

        assertThat(trace).containsExactly("a", "b", "c");
        assertThat(loop.switches()).isEqualTo(4);
    }

    @Test
    void submit_twiceBeforeItsTurn_takesOne() {
        Step step = new Step(() -> {});
        loop.submitLocal(step);
        loop.submitRemote(step);
        loop.submitLocal(stop);

        loop.drive(ALWAYS);

        assertThat(step.turns).isEqualTo(1);
    }

    @Test
    void remote_amongYieldersWithoutEnd_getsItsTurnNext() {
        Step woken = new Step(() -> trace.add("woken"));
        yielder(turn -> {
            if (turn == 10) {
                loop.submitRemote(woken);
            }
            if (turn == 12) {
                trace.add("twelfth");
                loop.stop();
            }
        });

        loop.drive(ALWAYS);

        assertThat(trace).containsExactly("woken", "twelfth");
    }

    @Test
    void timer_amongYieldersWithoutEnd_firesWithinARound() {
        int[] firedAt = {0};
        int[] turns = {0};
        loop.setTimer(
                new Alarm(() -> {
                    firedAt[0] = turns[0];
                    loop.stop();
                }),
                10);
        for (int i = 0; i < 200; i++) {
            yielder(turn -> {
                turns[0]++;
                time.now++;
            });
        }

        loop.drive(ALWAYS);

        assertThat(firedAt[0]).isBetween(10, 10 + RunLoop.LONGEST_ROUND);
    }

    @Test
    void input_amongYieldersWithoutEnd_isLookedFor() {
        time.pending = true;
        yielder(turn -> {
            time.now += 100;
            if (turn == 10_000) {
                loop.stop();
            }
        });

        loop.drive(ALWAYS);

        assertThat(time.polls).isBetween(10_000 / RunLoop.LONGEST_ROUND / 2, 10_000 / RunLoop.LONGEST_ROUND * 2);
    }

    @Test
    void timers_sameDeadline_fireInTheOrderTheyWereSet() {
        for (String name : List.of("a", "b", "c")) {
            loop.setTimer(new Alarm(() -> trace.add(name)), 5);
        }
        loop.setTimer(new Alarm(loop::stop), 6);

        loop.drive(ALWAYS);

        assertThat(trace).containsExactly("a", "b", "c");
        assertThat(time.now).isEqualTo(6);
    }

    @Test
    void turnThrows_isToldAndTheOthersGoOn() {
        List<Throwable> told = new ArrayList<>();
        loop.bind(told::add, () -> {});
        AssertionError failure = new AssertionError("turn");
        loop.submitLocal(new Step(() -> {
            throw failure;
        }));
        loop.submitLocal(stop);

        loop.drive(ALWAYS);

        assertThat(told).containsExactly(failure);
        assertThat(stop.turns).isEqualTo(1);
    }

    @Test
    void tellingThrows_isCountedAndTheLoopGoesOn() {
        loop.bind(
                failure -> {
                    throw new OutOfMemoryError("planted");
                },
                () -> {});
        loop.submitLocal(new Step(() -> {
            throw new AssertionError("turn");
        }));
        loop.submitLocal(stop);

        loop.drive(ALWAYS);

        assertThat(loop.unreportedErrors()).isEqualTo(1);
    }

    @Test
    void linger_afterTheEnd_servesTheRestAndAsksToBeBroughtBack() {
        int[] asked = {0};
        loop.bind(failure -> {}, () -> asked[0]++);
        loop.submitLocal(stop);
        loop.drive(ALWAYS);
        loop.submitLocal(new Step(() -> trace.add("rest")));
        loop.setTimer(new Alarm(() -> trace.add("timer")), 50);

        assertThat(loop.linger(ALWAYS)).isEqualTo(50);
        assertThat(trace).containsExactly("rest");
        loop.submitRemote(new Step(() -> trace.add("late")));
        loop.submitRemote(new Step(() -> trace.add("later")));
        assertThat(asked[0]).as("one carrier is enough").isEqualTo(1);
        time.now = 50;
        assertThat(loop.linger(ALWAYS)).isEqualTo(HubPoller.FOREVER);
        assertThat(trace).containsExactly("rest", "late", "later", "timer");
    }

    /** A carrier that had left used to report its own deadline over that of its successor, whose timer then fired late. */
    @Test
    void linger_twoCarriersInTurn_theLastOnesDeadlineStands() {
        loop.bind(failure -> {}, () -> {});
        loop.submitLocal(stop);
        loop.drive(ALWAYS);
        loop.setTimer(new Alarm(() -> {}), 50);
        assertThat(loop.linger(ALWAYS)).isEqualTo(50);
        loop.submitRemote(new Step(() -> loop.setTimer(new Alarm(() -> {}), 10)));

        assertThat(loop.linger(ALWAYS)).isEqualTo(10);
        assertThat(loop.undrivenDeadlineNanos()).isEqualTo(10);
    }

    @Test
    void turnsAndTimers_allocateNothing() {
        int[] left = {100_000};
        Alarm alarm = new Alarm(() -> {});
        Ready again = new Ready() {
            @Override
            protected void takeTurn() {
                if (!alarm.isSet()) {
                    loop.setTimer(alarm, 3);
                }
                time.now++;
                if (--left[0] == 0) {
                    loop.stop();
                } else if (left[0] % 2 == 0) {
                    loop.submitLocal(this);
                } else {
                    loop.submitRemote(this);
                }
            }
        };
        loop.submitLocal(again);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        loop.drive(ALWAYS);

        // The measurement itself allocates a little; a byte a turn would be a hundred thousand.
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(20_000);
    }

    @Test
    void remote_manyProducers_loseNoWakeUp() throws Exception {
        int producers = 4;
        int wakeUps = 50_000;
        RunLoop real = new RunLoop(new FifoQueue(), new SystemClock(), new ParkingPoller());
        Woken[] woken = new Woken[producers];
        Thread[] threads = new Thread[producers];
        int[] finished = {0};
        for (int i = 0; i < producers; i++) {
            Woken mine = new Woken(() -> {
                if (++finished[0] == producers) {
                    real.stop();
                }
            });
            woken[i] = mine;
            threads[i] = Thread.ofPlatform().unstarted(() -> {
                for (int value = 1; value <= wakeUps; value++) {
                    mine.wanted = value == wakeUps ? -1 : value;
                    real.submitRemote(mine);
                }
            });
        }
        for (Thread thread : threads) {
            thread.start();
        }

        real.drive(ALWAYS); // ends only when each has seen its last value

        for (Woken one : woken) {
            assertThat(one.seen).isEqualTo(-1);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Sees, in its turn, what was wanted before it was woken; its last value is -1. */
    private static final class Woken extends Ready {
        private final Runnable onLast;
        volatile int wanted;
        int seen;

        Woken(Runnable onLast) {
            this.onLast = onLast;
        }

        @Override
        protected void takeTurn() {
            int now = wanted;
            if (now == -1 && seen != -1) {
                onLast.run();
            }
            seen = now;
        }
    }

    private interface Turn {
        void take(int number);
    }

    /** Ready again after each of its turns, as a thread that calls {@code Thread.yield} in a loop. */
    private void yielder(Turn body) {
        Step[] self = new Step[1];
        self[0] = new Step(() -> {
            body.take(self[0].turns);
            loop.submitLocal(self[0]);
        });
        loop.submitLocal(self[0]);
    }
}
