package greenlet.hub.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a turn counts as too long, by an imagined clock. */
class TurnWatchTest {
    private final TurnWatch watch = new TurnWatch(100);

    @Test
    void onHeld_turnLastsLonger_isTrueOnce() {
        assertThat(watch.onHeld(7, 1_000)).isFalse();
        assertThat(watch.onHeld(7, 1_099)).isFalse();
        assertThat(watch.onHeld(7, 1_100)).isTrue();
        assertThat(watch.heldNanos(1_100)).isEqualTo(100);
        assertThat(watch.onHeld(7, 5_000)).isFalse();
    }

    @Test
    void onHeld_turnsChange_isNeverTrue() {
        for (int turn = 0; turn < 100; turn++) {
            assertThat(watch.onHeld(turn, turn * 99L)).isFalse();
        }
    }

    @Test
    void onHeld_nextTurnIsLongToo_isTrueAgain() {
        assertThat(watch.onHeld(1, 0)).isFalse();
        assertThat(watch.onHeld(1, 100)).isTrue();
        assertThat(watch.onHeld(2, 100)).isFalse();
        assertThat(watch.onHeld(2, 200)).isTrue();
    }

    @Test
    void onHeld_freeBetween_startsAnew() {
        assertThat(watch.onHeld(1, 0)).isFalse();
        watch.onFree();

        assertThat(watch.onHeld(1, 100)).isFalse();
        assertThat(watch.onHeld(1, 200)).isTrue();
    }

    @Test
    void onHeld_clockIsNegative_countsAllTheSame() {
        assertThat(watch.onHeld(1, -50)).isFalse();
        assertThat(watch.onHeld(1, 50)).isTrue();
    }
}
