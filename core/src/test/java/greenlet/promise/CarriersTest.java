package greenlet.promise;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.Greenlet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Virtual threads that park inside their greenlets and go on upon another carrier: a run that had kept the old one in a
 * register would make its continuation that carrier's. Six of them on the machine's carriers; enough rounds to be compiled.
 */
@Tag("continuations")
class CarriersTest {
    private static final int OWNERS = 6;
    private static final int ROUNDS = 3_000;

    private final List<String> problems = new CopyOnWriteArrayList<>();

    @Test
    void switches_ofVirtualThreadsThatParkInGreenletsAndChangeTheirCarriers_goOn() throws InterruptedException {
        List<Thread> owners = new ArrayList<>();
        for (int i = 0; i < OWNERS; i++) {
            owners.add(Thread.startVirtualThread(this::switchesAndParks));
        }
        for (Thread owner : owners) {
            owner.join();
        }
        assertThat(problems).isEmpty();
    }

    private void switchesAndParks() {
        Greenlet main = Greenlet.current();
        Greenlet second = Greenlet.of("second", first -> passOn(main, first));
        Greenlet ring = Greenlet.of("first", first -> passOn(second, first));
        try (second;
                ring) {
            for (int round = 0; round < ROUNDS; round++) {
                Integer value = round;
                Object back = ring.switchTo(value);
                if (!value.equals(back) || Greenlet.current() != main) {
                    problems.add("round " + round + " brought " + back + " to " + Greenlet.current());
                }
            }
        } catch (Throwable failure) {
            problems.add("an owner failed: " + failure);
        }
    }

    private static @Nullable Object passOn(Greenlet next, @Nullable Object first) {
        Thread owner = Thread.currentThread();
        Object value = first;
        while (value != null) {
            LockSupport.parkNanos(1_000); // until the timer, a third thread, hands it to whichever carrier is free
            if (Thread.currentThread() != owner) {
                throw new AssertionError("it was " + owner + " and is " + Thread.currentThread());
            }
            value = next.switchTo(value);
        }
        return null;
    }
}
