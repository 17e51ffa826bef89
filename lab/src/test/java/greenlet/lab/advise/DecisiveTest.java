package greenlet.lab.advise;

import static greenlet.lab.advise.PlantedFindings.MIB;
import static greenlet.lab.advise.PlantedFindings.demand;
import static greenlet.lab.advise.PlantedFindings.point;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A demand of 50 ms, explored up to 16 callers, who kept to it once. */
class DecisiveTest {
    private static final List<Point> EXPLORED = List.of(
            point(1, 50, 20, MIB), point(4, 200, 20, MIB), point(8, 400, 30, MIB), point(16, 800, 49, MIB), late(32));

    private final Decisive decisive = new Decisive(new Rise.Callers(demand(null, 50_000_000L), 1024));

    private static Point late(int callers) {
        return point(callers, 50 * callers, 60, MIB);
    }

    @Test
    void add_mostKeepToTheDemand_isThatLoad() {
        decisive.find(EXPLORED);
        assertThat(decisive.add(late(16), EXPLORED)).as("one of two").isFalse();
        assertThat(decisive.first().concurrency()).isEqualTo(16);
        assertThat(decisive.add(point(16, 790, 48, MIB), EXPLORED)).isTrue();
        assertThat(decisive.figures()).extracting(Point::concurrency).containsExactly(16, 16, 16);
        assertThat(decisive.shortfall()).isEmpty();
    }

    /** It was said to do "with p99 within 50 ms" what it did once of three times. */
    @Test
    void add_oneOfThreeKeepsToTheDemand_stepsDownToFewerCallers() {
        decisive.find(EXPLORED);
        assertThat(decisive.add(late(16), EXPLORED)).isFalse();
        assertThat(decisive.add(late(16), EXPLORED)).isFalse();
        assertThat(decisive.first().concurrency()).isEqualTo(8);
        assertThat(decisive.add(point(8, 410, 31, MIB), EXPLORED)).isTrue();
        assertThat(decisive.figures()).extracting(Point::concurrency).containsExactly(8, 8);
    }

    @Test
    void add_oneOfThreeAndNoFewerCallers_isNotAdmissible() {
        List<Point> one = List.of(point(1, 50, 49, MIB), late(2));
        decisive.find(one);
        decisive.add(late(1), one);
        decisive.add(late(1), one);
        assertThat(decisive.figures()).isEmpty();
        assertThat(decisive.shortfall()).isEqualTo("kept to the limits in 1 of 3 measurements at 1 at once only");
    }

    @Test
    void find_noneKeepsToTheDemand_isUnknown() {
        decisive.find(List.of(late(1)));
        assertThat(decisive.isKnown()).isFalse();
        assertThat(decisive.figures()).isEmpty();
        assertThat(decisive.shortfall()).isEmpty();
    }
}
