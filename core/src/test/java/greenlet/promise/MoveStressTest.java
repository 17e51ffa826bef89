package greenlet.promise;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.Greenlet;
import greenlet.GreenletException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Promise 43 while its owner starts the greenlet that another thread moves: it runs once, where the winner is, and the
 * loser is refused. With a move that does not stop the owner (ADR 0108) both win about once in 30,000 rounds.
 */
@SuppressWarnings("ThreadPriorityCheck") // where there is but one core, the other thread needs its turns
class MoveStressTest {
    private static final int ROUNDS = switch (System.getProperty("greenlet.proofs", "default")) {
        case "default" -> 5_000;
        case "ci" -> 150_000;
        default -> 500_000;
    };
    private static final Duration BOUND = Duration.ofMinutes(10);

    private final AtomicReference<@Nullable Greenlet> published = new AtomicReference<>();
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicInteger runs = new AtomicInteger();
    private final List<String> problems = new CopyOnWriteArrayList<>();

    @Test
    void p43_move_whileThePlatformThreadStartsIt_runsOnce() throws InterruptedException {
        race(Thread.ofPlatform(), ROUNDS);
    }

    @Test
    void p43_move_whileTheVirtualThreadStartsIt_runsOnce() throws InterruptedException {
        race(Thread.ofVirtual(), ROUNDS / 20); // a move takes a millisecond if the owner yields all the time
    }

    private void race(Thread.Builder builder, int rounds) throws InterruptedException {
        Thread owner = builder.name("owner").start(() -> {
            try {
                makeAndStart(rounds);
            } catch (Throwable failure) {
                problems.add("the owner failed: " + failure);
            } finally {
                published.set(Greenlet.current()); // the end
            }
        });
        Thread taker = builder.name("taker").start(() -> {
            try {
                takeAndStart();
            } catch (Throwable failure) {
                problems.add("the taker failed: " + failure);
            } finally {
                ended.set(Integer.MAX_VALUE);
            }
        });

        assertThat(owner.join(BOUND) && taker.join(BOUND)).isTrue();
        assertThat(problems).isEmpty();
    }

    private void makeAndStart(int rounds) {
        for (int round = 1; round <= rounds && problems.isEmpty(); round++) {
            runs.set(0);
            Greenlet greenlet = Greenlet.of("raced", _ -> {
                runs.incrementAndGet();
                return "ran";
            });
            published.set(greenlet);
            for (int i = round % 512; i > 0; i--) {
                Thread.onSpinWait();
            }
            boolean won = startsHere(greenlet);
            while (ended.get() < round) {
                Thread.yield();
            }
            if (runs.get() != 1) {
                problems.add("round " + round + ": ran " + runs + " times, the owner " + (won ? "won" : "lost"));
            }
        }
    }

    private void takeAndStart() {
        Greenlet here = Greenlet.current();
        for (int round = 1; ; round++) {
            Greenlet greenlet;
            while ((greenlet = published.getAndSet(null)) == null) {
                Thread.yield();
            }
            if (greenlet.parent() == null) {
                return; // a main one
            }
            try {
                greenlet.setParent(here);
                if (!startsHere(greenlet)) {
                    problems.add("round " + round + ": moved, and did not start");
                }
            } catch (GreenletException.WrongThread refusal) {
                // The owner was first.
            }
            ended.set(round);
        }
    }

    private boolean startsHere(Greenlet greenlet) {
        try {
            if (!"ran".equals(greenlet.switchTo())) {
                problems.add("it was dead, here"); // it passes on what it is given
            }
            return true;
        } catch (GreenletException.WrongThread refusal) {
            return false;
        }
    }
}
