package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Two green threads of one hub: one makes a call that cannot return before it is released, the other one counts its own turns and
 * releases the call after {@link #TURNS} of them. If the call held up the hub, the sibling would have no turns, nobody would release
 * the call, and the test would end in a timeout: no clock decides.
 */
final class Sibling {
    /** How many turns the sibling has while the call is under way. */
    static final int TURNS = 25;

    private static final int PATIENCE_SECONDS = 60;

    /** What may throw anything. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    private boolean entered;
    private boolean returned;
    private int turns;

    private Sibling() {}

    /**
     * Checks that a sibling has its turns while a call blocks.
     *
     * @param call blocks until it is released
     * @param release lets the call return; run by the sibling
     */
    static void hasTurnsDuring(Step call, Step release) throws Exception {
        try (Hub hub = Hub.builder().grace(Duration.ZERO).start()) {
            hasTurnsDuring(hub, call, release);
        }
    }

    static void hasTurnsDuring(Hub hub, Step call, Step release) throws Exception {
        Sibling pair = new Sibling();
        GreenThread<?> caller = hub.spawn("caller", () -> pair.call(call));
        GreenThread<?> sibling = hub.spawn("sibling", () -> pair.countThenRelease(release));
        try {
            sibling.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            caller.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(
                    "The call held up the hub: its sibling had " + pair.turns + " turns of " + TURNS + "; caller at "
                            + java.util.List.of(caller.thread().getStackTrace()),
                    e);
        }
        assertThat(pair.turns).isEqualTo(TURNS);
    }

    private void call(Step call) throws Exception {
        entered = true;
        call.run();
        returned = true;
    }

    private void countThenRelease(Step release) throws Exception {
        while (turns < TURNS) {
            Thread.sleep(1);
            if (entered && !returned) {
                turns++;
            }
            assertThat(returned).as("the call returned before it was released").isFalse();
        }
        release.run();
    }
}
