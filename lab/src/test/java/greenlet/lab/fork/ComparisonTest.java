package greenlet.lab.fork;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.measure.Budget;
import greenlet.lab.measure.Run;
import greenlet.lab.measure.Status;
import greenlet.lab.mechanism.Mechanisms;
import greenlet.lab.plan.Cell;
import greenlet.lab.plan.Plan;
import greenlet.lab.plan.Planner;
import greenlet.lab.scenario.AtPace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ComparisonTest {
    /** At this pace a worker that hangs is waited for as briefly as ever. */
    private static final String PACE = "0.2";

    @RegisterExtension
    final AtPace atPace = new AtPace(PACE);

    private static Plan misbehaving() {
        return Planner.plan(
                List.of(new Misbehaving()),
                Mechanisms.all().stream()
                        .filter(mechanism -> List.of(
                                        "greenlets", Misbehaving.CRASH, Misbehaving.HANG, Misbehaving.OUT_OF_MEMORY)
                                .contains(mechanism.name()))
                        .toList(),
                Budget.DEFAULT);
    }

    /** Writes down in which order workers ran, and stops at a given one. */
    private static final class Log implements Progress {
        private final List<String> workers = new ArrayList<>();
        private final Stop stop;
        private final int stopAt;
        private boolean ended;

        Log(Stop stop, int stopAt) {
            this.stop = stop;
            this.stopAt = stopAt;
        }

        @Override
        public void onStart(Plan plan) {}

        @Override
        public void onWorker(Cell cell, int fork, int forks, Duration left) {
            if (workers.size() == stopAt) {
                stop.request();
            }
            workers.add(cell.mechanism().name() + fork);
        }

        @Override
        public void onOutcome(Cell cell, Outcome outcome) {}

        @Override
        public void onEnd() {
            ended = true;
        }
    }

    private static Run of(String mechanism, Comparison.Findings findings) {
        return findings.runs().stream()
                .filter(run -> run.mechanism().equals(mechanism))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void run_crashHangAndOutOfMemory_costTheirOwnCellsOnly() throws Exception {
        Stop stop = new Stop();
        Log log = new Log(stop, -1);
        Comparison.Findings findings = new Comparison(misbehaving(), log, stop).run();

        assertThat(of("greenlets", findings).status()).isEqualTo(Status.MEASURED);
        assertThat(of("greenlets", findings).samples()).containsExactly(42.0, 42.0);
        assertThat(of(Misbehaving.CRASH, findings).status()).isEqualTo(Status.FAILED);
        assertThat(of(Misbehaving.CRASH, findings).reason()).startsWith("crashed with signal 6");
        assertThat(of(Misbehaving.HANG, findings).reason()).contains("did not end within");
        assertThat(of(Misbehaving.OUT_OF_MEMORY, findings).reason()).startsWith("ran out of memory");
        assertThat(findings.failed()).isTrue();
        assertThat(findings.partial()).isFalse();
        // The second round has only the good one left.
        assertThat(log.workers)
                .containsExactly("greenlets1", "virtual-threads1", "platform-threads1", "processes1", "greenlets2");
        assertThat(log.ended).isTrue();
    }

    @Test
    void run_stoppedInTheMiddle_keepsWhatIsMeasuredAndSkipsTheRest() throws Exception {
        Stop stop = new Stop();
        Log log = new Log(stop, 1);
        Comparison.Findings findings = new Comparison(misbehaving(), log, stop).run();

        assertThat(findings.partial()).isTrue();
        assertThat(findings.failed()).isFalse();
        assertThat(log.workers).containsExactly("greenlets1", "virtual-threads1");
        assertThat(findings.runs())
                .extracting(Run::status)
                .containsExactly(Status.MEASURED, Status.SKIPPED, Status.SKIPPED, Status.SKIPPED);
        assertThat(findings.runs().getFirst().reason()).contains("of 1 worker; then interrupted");
    }
}
