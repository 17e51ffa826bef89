package greenlet.lab.curve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** The rule of the warm-up on planted series: a figure for each slice. */
class ConvergenceTest {
    private static int windowsUntilConverged(IntToDoubleFunction series) {
        Convergence convergence = new Convergence();
        for (int slice = 0; !convergence.isOver(); slice++) {
            convergence.add(series.applyAsDouble(slice));
        }
        return convergence.isConverged() ? convergence.windows() : -1;
    }

    @Test
    void steadySeries_convergesWithTheFewestWindows() {
        assertThat(windowsUntilConverged(_ -> 100)).isEqualTo(Convergence.WINDOWS);
    }

    @Test
    void seriesThatFallsAndThenStays_convergesOnlyWhenItStays() {
        // Slices 0 to 11 fall by half each: windows 1 to 4. Then it stays: windows 5, 6 and 7 agree.
        assertThat(windowsUntilConverged(slice -> slice < 12 ? 1e6 / (1 << slice) : 100))
                .isEqualTo(7);
    }

    @Test
    void slowDrift_thatIsSmallFromWindowToWindow_hasNotConverged() {
        // Six percent a window: neighbours agree within the tolerance, three in a row do not.
        double perSlice = Math.pow(1.06, 1.0 / Convergence.SLICES);
        assertThat(windowsUntilConverged(slice -> 1e6 / Math.pow(perSlice, slice)))
                .isEqualTo(-1);
    }

    @Test
    void oneDisturbedSliceInEachWindow_doesNotDecide() {
        assertThat(windowsUntilConverged(slice -> slice % Convergence.SLICES == 1 ? 1000 : 100))
                .isEqualTo(Convergence.WINDOWS);
    }

    @Test
    void seriesThatNeverSettles_isGivenUpAtTheLimit_andSaysByHowMuchItStillDiffered() {
        Convergence convergence = new Convergence();
        for (int slice = 0; !convergence.isOver(); slice++) {
            convergence.add(slice / Convergence.SLICES % 2 == 0 ? 100 : 150);
        }
        assertThat(convergence.isConverged()).isFalse();
        assertThat(convergence.windows()).isEqualTo(Convergence.MOST_WINDOWS);
        assertThat(convergence.spread()).isEqualTo(0.5);
    }

    @Test
    void withinAWindow_nothingIsDecided() {
        Convergence convergence = new Convergence();
        for (int slice = 0; slice < Convergence.WINDOWS * Convergence.SLICES; slice++) {
            assertThat(convergence.isOver()).isFalse();
            convergence.add(1);
        }
        assertThat(convergence.isConverged()).isTrue();
        convergence.add(1);
        assertThat(convergence.isConverged()).isFalse();
    }
}
