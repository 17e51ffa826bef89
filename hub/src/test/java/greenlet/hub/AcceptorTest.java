package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How long the acceptor pauses when it cannot accept. */
class AcceptorTest {
    @Test
    void backoff_failureAfterFailure_doublesFromTenMillisecondsToASecond() {
        Acceptor.Backoff backoff = new Acceptor.Backoff();

        assertThat(LongStream.generate(backoff::nextMillis).limit(9))
                .containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 640L, 1000L, 1000L);
    }

    @Test
    void backoff_somethingSucceeded_beginsAnew() {
        Acceptor.Backoff backoff = new Acceptor.Backoff();
        backoff.nextMillis();
        backoff.nextMillis();

        backoff.reset();

        assertThat(backoff.nextMillis()).isEqualTo(10);
    }
}
