package greenlet.lab.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.fork.SampleLine;
import greenlet.lab.measure.Budget;
import greenlet.lab.mechanism.Greenlets;
import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.PlatformThreads;
import greenlet.lab.mechanism.Processes;
import greenlet.lab.mechanism.VirtualThreads;
import greenlet.lab.scenario.control.Control;
import greenlet.lab.scenario.cpu.Science;
import greenlet.lab.scenario.cpu.Video;
import greenlet.lab.scenario.server.Server;
import greenlet.lab.scenario.sharing.Sharing;
import greenlet.lab.scenario.timeshare.TimeShare;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each workload, in a real worker and on the mechanisms whose code differs, gives every figure that it announces. */
class WorkloadsInWorkersTest {
    private static final double PACE = 0.05;

    static Stream<Arguments> cells() {
        return Stream.of(
                Arguments.of(new Sharing(), new VirtualThreads()),
                Arguments.of(new TimeShare(), new PlatformThreads()),
                Arguments.of(new TimeShare(), new Processes()),
                Arguments.of(new Server(), new Greenlets()),
                Arguments.of(new Server(), new Processes()),
                Arguments.of(new Video(), new Greenlets()),
                Arguments.of(new Video(), new Processes()),
                Arguments.of(new Science(), new PlatformThreads()),
                Arguments.of(new Science(), new Processes()),
                Arguments.of(new Control(), new VirtualThreads()));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void everyMetric_hasFigures(Scenario scenario, Mechanism mechanism) throws Exception {
        Size size = scenario.sizes(Budget.QUICK).getFirst();
        RealWorker.Said said = RealWorker.run(scenario, mechanism, size, PACE);
        assertThat(said.others()).containsExactly(new SampleLine.Done());
        assertThat(scenario.metrics(size)).allSatisfy(metric -> {
            assertThat(said.of(metric.name())).isNotEmpty();
            assertThat(said.of(metric.name())).allMatch(value -> value >= 0 && Double.isFinite(value));
        });
        assertThat(said.samples()).hasSameSizeAs(scenario.metrics(size));
    }

    @Test
    void timeShare_ofGreenlets_holdsShortTasksUpForAsLongAsTheHogRuns() throws Exception {
        RealWorker.Said said = RealWorker.run(new TimeShare(), new Greenlets(), Size.of("cores", 1), 1);
        assertThat(said.of("stall")).isNotEmpty().allMatch(nanos -> nanos > 190e6);
    }

    @Test
    void registry_knowsThem() {
        assertThat(Scenarios.all())
                .extracting(Scenario::name)
                .contains("sharing", "timeshare", "server", "video", "science", "control");
        assertThat(Scenarios.metric("server", "throughput")).map(Metric::better).contains(Metric.Better.HIGHER);
    }

    @Test
    void metrics_haveNamesOfTheirOwn() {
        assertThat(Scenarios.all())
                .allSatisfy(scenario -> assertThat(
                                scenario.metrics(scenario.sizes(Budget.DEFAULT).getFirst()))
                        .extracting(Metric::name)
                        .doesNotHaveDuplicates());
    }

    @Test
    void processes_shareNothing() {
        assertThat(new Sharing().notApplicable(new Processes(), Size.of("tasks", 8)))
                .hasValueSatisfying(reason -> assertThat(reason).contains("share no memory"));
        assertThat(new Control().notApplicable(new Processes(), Size.ONLY)).isPresent();
        assertThat(new Control().notApplicable(new Greenlets(), Size.ONLY)).isEmpty();
    }
}
