package greenlet.lab.advise;

import static greenlet.lab.advise.PlantedFindings.MIB;
import static greenlet.lab.advise.PlantedFindings.demand;
import static greenlet.lab.advise.PlantedFindings.point;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;

class RiseTest {
    /** Follows the steps with a model in the place of a machine. */
    private static List<Point> climb(Rise rise, DoubleFunction<Point> model) {
        List<Point> points = new ArrayList<>();
        while (rise.next(points) instanceof Rise.Step.To(double load)) {
            points.add(model.apply(load));
            assertThat(points).hasSizeLessThan(30);
        }
        return points;
    }

    @Test
    void callers_doubleUntilTwoDoublingsBroughtNothing() {
        Rise rise = new Rise.Callers(demand(null, null), 10_000);
        List<Point> points = climb(rise, load -> point((int) load, Math.min(800, 100 * load), 5, MIB));
        assertThat(points).extracting(Point::concurrency).containsExactly(1, 2, 4, 8, 16, 32);
        assertThat(rise.best(points)).map(Point::concurrency).contains(8);
        assertThat(rise.next(points)).isEqualTo(new Rise.Step.End(""));
    }

    /** A pool of twelve connections: 64 callers did 5.6 % more than 16, by chance, and were advised. */
    @Test
    void callers_fourTimesAsManyForSomePercentMore_areNotBetter() {
        Rise rise = new Rise.Callers(demand(null, null), 10_000);
        List<Point> points = List.of(
                point(8, 1376, 5, MIB), point(16, 2095, 5, MIB), point(32, 2079, 5, MIB), point(64, 2212, 5, MIB));
        assertThat(rise.best(points)).map(Point::concurrency).contains(16);
    }

    @Test
    void callers_stopAtTheMemoryLimitAndTakeTheLastBelowIt() {
        Rise rise = new Rise.Callers(demand(100 * MIB, null), 10_000);
        List<Point> points = climb(rise, load -> point((int) load, 100 * load, 5, (long) (load * 10 * MIB)));
        assertThat(points.getLast().concurrency()).isEqualTo(16);
        assertThat(rise.best(points)).map(Point::concurrency).contains(8);
        assertThat(rise.next(points)).isEqualTo(new Rise.Step.End("met the memory limit at 16 at once"));
    }

    @Test
    void callers_stopAtTheMost() {
        Rise rise = new Rise.Callers(demand(null, null), 6);
        List<Point> points = climb(rise, load -> point((int) load, 100 * load, 5, MIB));
        assertThat(points).extracting(Point::concurrency).containsExactly(1, 2, 4, 6);
        assertThat(rise.next(points)).isEqualTo(new Rise.Step.End("met the limit of 6 at once"));
    }

    @Test
    void rates_closeInOnTheRateThatIsJustKeptTo() {
        Shape shape = new Shape(1000, 20_000_000, 200_000, false, 0);
        Rise rise = new Rise.Rates(demand(null, 50_000_000L), shape, shape.ceiling(2));
        List<Point> points =
                climb(rise, load -> point(1000, load, Math.min(load, 7_000), load < 7_000 ? 22 : 300, MIB));
        double best = rise.best(points).orElseThrow().perSecond();
        assertThat(best).isBetween(7_000 / 1.1, 7_000.0);
        assertThat(points).hasSizeLessThan(13);
    }

    @Test
    void rates_lowestNotKeptTo_endWithTheFigures() {
        Shape shape = new Shape(1000, 20_000_000, 200_000, false, 0);
        Rise rise = new Rise.Rates(demand(null, 50_000_000L), shape, 10_000);
        List<Point> points = climb(rise, load -> point(1000, load, load, 80, MIB));
        assertThat(rise.best(points)).isEmpty();
        assertThat(rise.next(points))
                .isEqualTo(new Rise.Step.End(
                        "do not keep to the limits even at 800 requests/s: p99 is 80 ms and" + " 100 % are answered"));
    }

    @Test
    void ceiling_isThatOfTheCoresOrOfTheConnections() {
        assertThat(new Shape(10_000, 20_000_000, 200_000, false, 0).ceiling(2)).isEqualTo(10_000);
        assertThat(new Shape(10, 20_000_000, 0, false, 0).ceiling(2)).isEqualTo(500);
    }
}
