package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Stacks are looked at from outside while green threads yield and end. The JDK then submits them a second time, possibly one that had its
 * last turn in between: it must end once.
 */
@SuppressWarnings("ThreadPriorityCheck") // yields are what is looked at
@Timeout(60)
class StackWalkTest {
    private static final int THREADS = 4_000;
    private static final int AT_A_TIME = 50;

    @Test
    void stacksLookedAt_whileThreadsYieldAndEnd_eachEndsOnce() throws Exception {
        int[] turns = {0};
        long looks = 0;
        try (Hub hub = Hub.start()) {
            for (int done = 0; done < THREADS; done += AT_A_TIME) {
                List<GreenThread<?>> threads = new ArrayList<>();
                AtomicBoolean looked = new AtomicBoolean(); // nobody ends before that
                for (int i = 0; i < AT_A_TIME; i++) {
                    threads.add(hub.spawn(() -> {
                        for (int turn = 0; turn < 20 || !looked.get(); turn++) {
                            turns[0] += turn < 20 ? 1 : 0;
                            Thread.yield();
                        }
                    }));
                }
                for (GreenThread<?> thread : threads) {
                    while (!thread.isDone()) {
                        int frames = thread.thread().getStackTrace().length;
                        looks += frames;
                        if (frames > 0) {
                            looked.set(true);
                        }
                    }
                }
                for (GreenThread<?> thread : threads) {
                    assertThat(thread.thread().join(Duration.ofSeconds(20))).isTrue();
                }
            }
            hub.spawn(() -> {}).get();
            hub.spawn(() -> {}).join();
            GreenThread<Integer> last = hub.spawn(() -> hub.statistics().greenThreads());
            assertThat(last.get()).as("itself, and whoever ends just now").isBetween(1, 3);
        }
        assertThat(looks).isPositive();
        assertThat(turns[0]).isEqualTo(20 * THREADS);
    }
}
