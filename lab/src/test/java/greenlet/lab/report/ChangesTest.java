package greenlet.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.measure.Budget;
import greenlet.lab.measure.Machine;
import greenlet.lab.measure.Report;
import greenlet.lab.measure.Run;
import greenlet.lab.measure.Status;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChangesTest {
    private static final Double[] AROUND_100 = {98.0, 99.0, 100.0, 101.0, 102.0, 103.0};
    private static final Double[] AROUND_150 = {147.0, 148.0, 150.0, 151.0, 152.0, 153.0};

    private static Report report(String jdk, Run... runs) {
        Machine machine = new Machine("Linux", "6", "amd64", "A CPU", 2, 1, jdk, "HotSpot", "0.1", new TreeMap<>());
        return new Report(Report.SCHEMA, Instant.EPOCH, Instant.EPOCH, Budget.DEFAULT, false, machine, List.of(runs));
    }

    private static Run time(Double... samples) {
        return Run.measured("switch", "greenlets", "round-trip", "ns", new TreeMap<>(), Arrays.asList(samples));
    }

    private static Run count(Double... samples) {
        return Run.measured("memory", "greenlets", "count", "1", new TreeMap<>(), Arrays.asList(samples));
    }

    private static Changes.Kind kind(Run before, Run now) {
        return Changes.between(report("25", before), report("25", now))
                .all()
                .getFirst()
                .kind();
    }

    @Test
    void between_apart_isWorseOrBetterByTheMetricsDirection() {
        assertThat(kind(time(AROUND_100), time(AROUND_150))).isEqualTo(Changes.Kind.WORSE);
        assertThat(kind(time(AROUND_150), time(AROUND_100))).isEqualTo(Changes.Kind.BETTER);
        assertThat(kind(count(AROUND_100), count(AROUND_150))).isEqualTo(Changes.Kind.BETTER);
        assertThat(kind(count(AROUND_150), count(AROUND_100))).isEqualTo(Changes.Kind.WORSE);
    }

    @Test
    void between_overlapping_isTheSame() {
        assertThat(kind(time(AROUND_100), time(97.0, 98.5, 99.5, 100.5, 101.5, 104.0)))
                .isEqualTo(Changes.Kind.SAME);
    }

    @Test
    void between_apartWithThreeSamples_isUnsure() {
        assertThat(kind(time(100.0, 101.0, 102.0), time(150.0, 151.0, 152.0))).isEqualTo(Changes.Kind.UNSURE);
    }

    @Test
    void text_apartByChance_listsWhatIsFarApartAndCountsTheRest() {
        String far = Changes.between(report("25", time(100.0, 101.0, 102.0)), report("25", time(150.0, 151.0, 152.0)))
                .text();
        assertThat(far).contains("Against the report of 1970-01-01 00:00 UTC:");
        assertThat(far).contains("maybe  switch round-trip on greenlets: 101 ns -> 151 ns (x1.50, p = 0.100)");
        String near = Changes.between(report("25", time(100.0, 101.0, 102.0)), report("25", time(103.0, 104.0, 105.0)))
                .text();
        String single = Changes.between(report("25", time(100.0)), report("25", time(900.0)))
                .text();
        assertThat(List.of(near, single))
                .allSatisfy(text -> assertThat(text)
                        .doesNotContain("maybe")
                        .contains("1 more figures are apart, but by little or with too few samples to say more."));
    }

    @Test
    void text_fromNothing_saysSoInsteadOfARatio() {
        Run none = time(0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        assertThat(Changes.between(report("25", none), report("25", time(AROUND_100)))
                        .text())
                .contains("worse  switch round-trip on greenlets: 0 ns -> 101 ns (from nothing, p = 0.002)");
    }

    @Test
    void text_differentJdkAndFigures_saysBoth() {
        Run gone = Run.measured("create", "processes", "time", "ns", new TreeMap<>(), List.of(1.0));
        Run failed = Run.without("memory", "processes", "heap", "bytes", new TreeMap<>(), Status.FAILED, "hung");
        String text = Changes.between(
                        report("25.0.2", time(AROUND_100), gone), report("25.0.3", time(AROUND_150), failed))
                .text();
        assertThat(text)
                .contains("JDK was 25.0.2 and is 25.0.3")
                .contains("worse  switch round-trip on greenlets: 101 ns -> 151 ns (x1.50, p = 0.002)")
                .contains("0 of 1 figures have not changed; 0 are new, 1 are gone");
    }
}
