package greenlet.hub.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TimerHeapTest {
    private static final class Numbered extends Timer {
        private final int number;
        private final List<Integer> fired;
        long deadline;
        long set;

        Numbered(int number, List<Integer> fired) {
            this.number = number;
            this.fired = fired;
        }

        @Override
        protected void fire() {
            fired.add(number);
        }
    }

    /** A sorted list is slow and plainly right. */
    @Test
    void anyOperations_atRandom_fireWhatASortedListWould() {
        SplittableRandom random = new SplittableRandom(7);
        TimerHeap heap = new TimerHeap();
        List<Integer> fired = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        List<Numbered> all = new ArrayList<>();
        List<Numbered> model = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            all.add(new Numbered(i, fired));
        }
        long now = 0;
        for (int operation = 0; operation < 50_000; operation++) {
            Numbered timer = all.get(random.nextInt(all.size()));
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    if (!timer.isSet()) {
                        timer.deadline = now + random.nextInt(1_000);
                        timer.set = operation;
                        heap.add(timer, timer.deadline);
                        model.add(timer);
                    }
                }
                case 2 -> assertThat(heap.remove(timer)).isEqualTo(model.remove(timer));
                default -> {
                    now += random.nextInt(20);
                    expireModel(model, now, expected);
                    heap.fireDue(now);
                }
            }
            assertThat(heap.size()).isEqualTo(model.size());
        }

        assertThat(fired).isEqualTo(expected).hasSizeGreaterThan(1_000);
    }

    @Test
    void nextDeadline_nearTheEndOfTheClock_isComparedByDifference() {
        TimerHeap heap = new TimerHeap();
        List<Integer> fired = new ArrayList<>();
        heap.add(new Numbered(1, fired), Long.MAX_VALUE + 10); // after the clock has wrapped
        heap.add(new Numbered(2, fired), Long.MAX_VALUE - 10);

        assertThat(heap.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE - 10);
        heap.fireDue(Long.MAX_VALUE);
        assertThat(fired).containsExactly(2);
    }

    @Test
    void reserve_bySeveral_eachFindsItsRoomLater() {
        TimerHeap heap = new TimerHeap();
        int unreserved = heap.room();
        heap.reserve(unreserved);
        heap.reserve(unreserved);
        int room = heap.room();

        for (int i = 0; i < 2 * unreserved; i++) {
            heap.add(new Numbered(i, new ArrayList<>()), i);
        }

        assertThat(heap.room()).isEqualTo(room);
    }

    @Test
    void reserve_releasedEachTime_takesNoMore() {
        TimerHeap heap = new TimerHeap();
        int room = heap.room();

        for (int i = 0; i < 3 * room; i++) {
            heap.reserve(2);
            heap.release(2);
        }

        assertThat(heap.room()).isEqualTo(room);
    }

    private static void expireModel(List<Numbered> model, long now, List<Integer> expected) {
        model.sort(Comparator.<Numbered>comparingLong(timer -> timer.deadline).thenComparingLong(timer -> timer.set));
        while (!model.isEmpty() && model.getFirst().deadline <= now) {
            expected.add(model.removeFirst().number);
        }
    }
}
