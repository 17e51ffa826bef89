package greenlet.lab.example;

import greenlet.hub.Hub;
import java.time.Duration;
import java.util.TreeMap;

/** A thousand blocking calls at once on one hub, and a shared map that needs no lock: between two switch points code is atomic. */
public final class FanOut {
    private static final int CALLS = 1000;

    private FanOut() {}

    private static String fetch(int page) throws InterruptedException {
        Thread.sleep(Duration.ofMillis(50)); // stands for a slow service: while it blocks, the others run
        return page % 3 == 0 ? "fizz" : "plain";
    }

    /** Runs it. */
    public static void main(String[] arguments) {
        TreeMap<String, Integer> hits = new TreeMap<>(); // shared and unsynchronised
        long start = System.nanoTime();
        Hub.run(() -> {
            for (int i = 0; i < CALLS; i++) {
                int page = i;
                var _ = Hub.current().spawn(() -> {
                    String kind = fetch(page);
                    hits.merge(kind, 1, Integer::sum); // no switch point inside: nobody can come between
                });
            }
        }); // returns when all have ended
        System.out.println(hits + " of " + CALLS + " calls of 50 ms each in "
                + Duration.ofNanos(System.nanoTime() - start).toMillis() + " ms");
    }
}
