package greenlet.lab.scenario.timeshare;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DelaysTest {
    @Test
    void p99_isTheDelayThat99Of100DoNotExceed() {
        assertThat(Delays.of(LongStream.rangeClosed(1, 100)).p99()).isEqualTo(99);
        assertThat(Delays.of(LongStream.rangeClosed(1, 1000).map(i -> 1001 - i)).p99())
                .isEqualTo(990);
        assertThat(Delays.of(LongStream.of(7)).p99()).isEqualTo(7);
    }

    @Test
    void longest_isTheLongest_whateverTheOrder() {
        assertThat(Delays.of(LongStream.of(3, 9, 4)).longest()).isEqualTo(9);
    }

    @Test
    void parse_readsWhatToLineWrote() {
        assertThat(Delays.parse(Delays.of(LongStream.of(5, 1, 3)).toLine())).containsExactly(1L, 3L, 5L);
    }

    @Test
    void shortTask_thatStartsLate_countsEachMissedTime() {
        long late = Duration.ofMillis(100).toNanos();
        long period = Duration.ofMillis(10).toNanos();
        ShortTask task = new ShortTask(System.nanoTime() - late, period, 10);
        task.run();
        long[] delays = task.delays();
        assertThat(delays).hasSize(10);
        for (int i = 0; i < delays.length; i++) {
            assertThat(delays[i]).isGreaterThanOrEqualTo(late - i * period);
        }
    }

    @Test
    void timetable_letsTheTasksGoOnPastTheHog() {
        Timetable timetable = new Timetable(Duration.ofMillis(40).toNanos(), 3);
        List<ShortTask> tasks = timetable.shortTasks(System.nanoTime());
        assertThat(tasks).hasSize(3);
        // 20 ms before the hog, 40 ms of it, 30 ms after: every 5 ms.
        assertThat(tasks.getFirst().delays()).hasSize(18);
        assertThat(timetable.hasHog()).isTrue();
        assertThat(Timetable.withoutHog(3).hasHog()).isFalse();
    }

    @Test
    void threadRound_givesOneDelayForEachTimeOfEachTask() throws InterruptedException {
        Timetable timetable = new Timetable(Duration.ofMillis(20).toNanos(), 4);
        Delays delays = ThreadRound.run(Thread.ofPlatform().factory(), timetable);
        assertThat(delays.sortedNanos()).hasSize(4 * 14).isSorted();
        assertThat(delays.sortedNanos()[0]).isNotNegative();
    }

    @Test
    void hog_computesForItsTime() {
        long start = System.nanoTime();
        Hog hog = new Hog(Duration.ofMillis(20).toNanos());
        hog.run();
        assertThat(System.nanoTime() - start)
                .isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
        assertThat(hog.result()).isNotZero();
    }
}
