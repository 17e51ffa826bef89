package greenlet.lab.claim;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.measure.Report;
import org.junit.jupiter.api.Test;

/** Proves that "so choose" follows from the figures, and turns round when they do. */
class ChooserTest {
    private static final String GREENLETS = "greenlets";
    private static final String THREADS = "platform-threads";
    private static final String VIRTUAL = "virtual-threads";

    @Test
    void ioBound_followsTheFigures() {
        assertThat(io(100, 300, 100)).isEqualTo("Greenlets: better than platform threads; a tie with virtual threads.");
        assertThat(io(100, 300, 50))
                .isEqualTo("Virtual threads, rather than greenlets (which are better than platform threads).");
        assertThat(io(300, 100, 100)).isEqualTo("Platform threads or virtual threads, rather than greenlets.");
        assertThat(io(100, 100, 100)).isEqualTo("Greenlets: a tie with platform threads; a tie with virtual threads.");
    }

    private static String io(double greenlets, double threads, double virtual) {
        return advice(
                Workload.IO_BOUND,
                Planted.of()
                        .around(Figures.REQUESTS_CPU, GREENLETS, greenlets, 0.03)
                        .around(Figures.REQUESTS_CPU, THREADS, threads, 0.03)
                        .around(Figures.REQUESTS_CPU, VIRTUAL, virtual, 0.03)
                        .build());
    }

    @Test
    void ioBound_withCountsThatContradict_depends() {
        Report report = Planted.of()
                .around(Figures.REQUESTS_CPU, GREENLETS, 100, 0.03)
                .around(Figures.REQUESTS_CPU, THREADS, 300, 0.03)
                .around(Figures.REQUESTS_TIME, GREENLETS, 300, 0.03)
                .around(Figures.REQUESTS_TIME, THREADS, 100, 0.03)
                .build();
        assertThat(advice(Workload.IO_BOUND, report))
                .isEqualTo("Greenlets: better or worse than platform threads, by what counts.");
    }

    @Test
    void ioBound_oneRivalBetterAndTheOtherUndecided_saysBothInOneSentence() {
        Report report = Planted.of()
                .around(Figures.REQUESTS_CPU, GREENLETS, 200, 0.03)
                .around(Figures.REQUESTS_CPU, THREADS, 600, 0.03)
                .around(Figures.REQUESTS_CPU, VIRTUAL, 100, 0.03)
                .around(Figures.REQUESTS_TIME, GREENLETS, 300, 0.03)
                .around(Figures.REQUESTS_TIME, THREADS, 100, 0.03)
                .around(Figures.REQUESTS_TIME, VIRTUAL, 100, 0.03)
                .build();
        assertThat(advice(Workload.IO_BOUND, report))
                .isEqualTo("Virtual threads, rather than greenlets (which are better or worse than platform threads,"
                        + " by what counts).");
    }

    @Test
    void cpuBound_followsTheFigures() {
        assertThat(cpu(10, 19)).isEqualTo("Platform threads, rather than greenlets.");
        assertThat(cpu(19, 10)).isEqualTo("Greenlets: better than platform threads.");
        assertThat(cpu(10, 10)).isEqualTo("Greenlets: a tie with platform threads.");
    }

    private static String cpu(double greenlets, double threads) {
        return advice(
                Workload.CPU_BOUND,
                Planted.of()
                        .around(Figures.SCIENCE, GREENLETS, greenlets, 0.03, "workers=2")
                        .around(Figures.SCIENCE, THREADS, threads, 0.03, "workers=2")
                        .build());
    }

    @Test
    void mixed_followsTheStall() {
        Report stalls = Planted.of()
                .around(Figures.STALL, GREENLETS, 2e8, 0.03, "cores=1")
                .around(Figures.STALL, THREADS, 5e6, 0.03, "cores=1")
                .build();
        assertThat(advice(Workload.MIXED, stalls)).isEqualTo("Platform threads, rather than greenlets.");
    }

    @Test
    void manyAndFewTasks_areTheEndsOfWhatWasMeasured() {
        Report report = Planted.of()
                .around(Figures.REQUESTS_CPU, GREENLETS, 100, 0.03, "concurrent=10")
                .around(Figures.REQUESTS_CPU, THREADS, 100, 0.03, "concurrent=10")
                .around(Figures.REQUESTS_CPU, GREENLETS, 100, 0.03, "concurrent=1000")
                .around(Figures.REQUESTS_CPU, THREADS, 400, 0.03, "concurrent=1000")
                .build();
        assertThat(advice(Workload.MANY_TASKS, report)).isEqualTo("Greenlets: better than platform threads.");
        assertThat(advice(Workload.FEW_TASKS, report)).isEqualTo("Greenlets: a tie with platform threads.");
    }

    @Test
    void oneSizeOnly_saysNothingOfFewTasks() {
        Report report = Planted.of()
                .around(Figures.REQUESTS_CPU, GREENLETS, 100, 0.03, "concurrent=100")
                .around(Figures.REQUESTS_CPU, THREADS, 400, 0.03, "concurrent=100")
                .build();
        assertThat(advice(Workload.FEW_TASKS, report)).isEqualTo("Not measured here.");
    }

    @Test
    void sharedState_followsTheLostUpdates() {
        Report report = Planted.of()
                .around(Figures.LOST_UPDATES, THREADS, 900, 0.1)
                .around(Figures.LOST_UPDATES, GREENLETS, 0, 0)
                .around(Figures.LOST_WITH_CALL, GREENLETS, 50, 0.1)
                .build();
        assertThat(advice(Workload.SHARED_STATE, report))
                .isEqualTo(
                        "Greenlets lost no update of an unlocked counter: between two switch points no lock is needed."
                                + " With a blocking call between read and write they lost updates too: there keep the"
                                + " lock. Threads lost updates: always lock.");
        Report reversed = Planted.of()
                .around(Figures.LOST_UPDATES, THREADS, 0, 0)
                .around(Figures.LOST_UPDATES, GREENLETS, 7, 0.1)
                .build();
        assertThat(advice(Workload.SHARED_STATE, reversed))
                .isEqualTo("Greenlets lost updates of an unlocked counter: lock it."
                        + " Threads happened to lose none; lock all the same.");
    }

    private static String advice(Workload workload, Report report) {
        return Chooser.choices(report).stream()
                .filter(choice -> choice.workload() == workload && choice.platform() == Platform.JVM)
                .findFirst()
                .orElseThrow()
                .advice();
    }
}
