package greenlet.hub;

import java.util.concurrent.CountDownLatch;

/** Holds up a hub's usher, who delivers reminders and expired timeouts, in a callback that is the usher's to call. */
final class Ushers {
    private Ushers() {}

    /** Returns when the usher is in the callback, which ends with the latch, and not by interrupts. */
    static void holdUp(Hub hub, CountDownLatch release) throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        hub.spawn(() -> Thread.ofVirtual()
                        .start(() -> GreenThread.current().onEnd(outcome -> {
                            held.countDown();
                            awaitWhatever(release);
                        })))
                .get();
        held.await();
    }

    private static void awaitWhatever(CountDownLatch release) {
        while (release.getCount() > 0) {
            try {
                release.await();
            } catch (InterruptedException e) {
                // what a callback should not do
            }
        }
    }
}
