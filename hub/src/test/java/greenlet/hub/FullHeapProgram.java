package greenlet.hub;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A program of {@link MemoryExhaustedTest}: a green thread fails for want of memory, and there is none after that either. */
final class FullHeapProgram {
    private static final Object[] HOARD = new Object[500_000];

    private FullHeapProgram() {}

    public static void main(String[] arguments) throws Exception {
        free(); // a class that is named for the first time when the heap is full could not be found
        Hub hub = Hub.builder().uncaught((thread, failure) -> {}).start();
        hub.spawn(() -> "warm").get();
        GreenThread<?>[] greedy = {null};
        Thread main = Thread.currentThread();
        CountDownLatch joining = new CountDownLatch(1);
        greedy[0] = hub.spawn("greedy", () -> {
            joining.await();
            while (main.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            fill();
        });
        joining.countDown();
        Outcome<?> outcome = join(greedy[0]);
        free();
        System.out.println(outcome.getClass().getSimpleName() + ", after: "
                + hub.spawn(() -> "fine").get());
        hub.close();
    }

    /** The heap is still full when this returns; if what the caller does itself fails by that, it asks again. */
    private static Outcome<?> join(@Nullable GreenThread<?> thread) throws InterruptedException {
        try {
            return java.util.Objects.requireNonNull(thread).join();
        } catch (OutOfMemoryError ofCaller) {
            free();
            return java.util.Objects.requireNonNull(thread).join();
        }
    }

    private static void free() {
        java.util.Arrays.fill(HOARD, null);
    }

    /** To the last 16 bytes: with large pieces first. */
    private static void fill() {
        int filled = 0;
        for (int size = 1 << 16; size > 0; size /= 2) {
            try {
                while (true) {
                    HOARD[filled] = new byte[size];
                    filled++;
                }
            } catch (OutOfMemoryError smaller) {
                // the next size
            }
        }
        while (true) {
            HOARD[filled] = new Object();
            filled++;
        }
    }
}
