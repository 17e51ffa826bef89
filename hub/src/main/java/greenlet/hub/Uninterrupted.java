package greenlet.hub;

/** Waits that an interrupt does not end: it is there again afterwards. */
final class Uninterrupted {
    /** What is waited for; tried again after an interrupt. */
    interface Wait {
        void await() throws InterruptedException;
    }

    private Uninterrupted() {}

    static void await(Wait wait) {
        boolean interrupted = false;
        while (true) {
            try {
                wait.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
