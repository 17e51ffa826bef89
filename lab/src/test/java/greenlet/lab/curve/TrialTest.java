package greenlet.lab.curve;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.mechanism.GreenletsPerCore;
import greenlet.lab.mechanism.VirtualThreads;
import greenlet.lab.scenario.RealWorker;
import greenlet.lab.scenario.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The phases of a point in a real worker that hardly measures. */
@Timeout(120)
class TrialTest {
    private static final double PACE = 0.05;
    private static final double ALL_HELD = (double) HoldingCurve.CONNECTIONS * HoldingCurve.HELD_BYTES;

    private static double memory(int atLoad) throws Exception {
        RealWorker.Said said =
                RealWorker.run(new HoldingCurve(), new VirtualThreads(), Size.of("atLoad", atLoad), PACE);
        assertThat(said.of("memory")).as(said.toString()).hasSize(1);
        return said.of("memory").getFirst();
    }

    @Test
    void memoryAtLoad_seesWhatRequestsHoldWhileTheyAreUnderWay() throws Exception {
        // Between two requests a connection holds nothing: of eight, half at least hold their megabyte at any moment.
        assertThat(memory(1)).isBetween(ALL_HELD / 2, ALL_HELD * 2);
    }

    @Test
    void memoryAtRest_doesNot() throws Exception {
        assertThat(memory(0)).isLessThan(ALL_HELD / 2);
    }

    /** Everything that the curve's report promises of the system and the JVM, from the mechanism that is new to it. */
    @Test
    void cpuShare_onAHubPerCore_givesEveryMetric_roundsOfTwo() throws Exception {
        CpuShareCurve curve = new CpuShareCurve();
        Size size = Size.of("cpuPercent", 50);
        RealWorker.Said said = RealWorker.run(curve, new GreenletsPerCore(), size, PACE);
        assertThat(curve.metrics(size))
                .allSatisfy(metric -> assertThat(said.of(metric.name()))
                        .as("%s of %s", metric.name(), said)
                        .hasSize(
                                switch (metric.name()) {
                                    case "memory", "gc", "jit", "warm-up" -> 1;
                                    default -> 2;
                                }));
    }
}
