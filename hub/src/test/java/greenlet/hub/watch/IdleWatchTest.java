package greenlet.hub.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a hub counts as idle for too long, by an imagined clock. */
class IdleWatchTest {
    private final IdleWatch watch = new IdleWatch(100);

    @Test
    void onNothingPending_lastsLonger_isTrueOnce() {
        assertThat(watch.onNothingPending(3, 0)).isFalse();
        assertThat(watch.onNothingPending(3, 100)).isTrue();
        assertThat(watch.idleNanos(100)).isEqualTo(100);
        assertThat(watch.onNothingPending(3, 900)).isFalse();
    }

    @Test
    void onNothingPending_turnsWereGiven_startsAnew() {
        assertThat(watch.onNothingPending(3, 0)).isFalse();
        assertThat(watch.onNothingPending(4, 100)).isFalse();
        assertThat(watch.onNothingPending(4, 200)).isTrue();
    }

    @Test
    void onPending_between_startsAnew() {
        assertThat(watch.onNothingPending(3, 0)).isFalse();
        watch.onPending();

        assertThat(watch.onNothingPending(3, 100)).isFalse();
        assertThat(watch.onNothingPending(3, 200)).isTrue();
    }
}
