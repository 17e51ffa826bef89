package greenlet.lab.scenario;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** A task that calls itself to a given depth and stays there, suspended, until it is released. */
final class Suspended implements Runnable {
    /** Shared by all tasks of a round. */
    static final class Gate {
        private final CountDownLatch arrived;
        private volatile boolean open;

        Gate(int tasks) {
            arrived = new CountDownLatch(tasks);
        }

        void awaitArrivals() throws InterruptedException {
            arrived.await();
        }

        void open() {
            open = true;
        }

        long arriveAndStay() {
            arrived.countDown();
            while (!open) {
                LockSupport.park(this);
            }
            return 1;
        }
    }

    private final Gate gate;
    private final int depth;
    private volatile long result;

    Suspended(Gate gate, int depth) {
        this.gate = gate;
        this.depth = depth;
    }

    @Override
    public void run() {
        result = descend(depth, depth + 1L, 1);
    }

    long result() {
        return result;
    }

    /** Two values are needed after the inner call, so each frame keeps them, as frames of real code do. */
    private long descend(int remaining, long a, long b) {
        if (remaining <= 1) {
            return gate.arriveAndStay();
        }
        long below = descend(remaining - 1, a * 31 + b, b ^ a);
        return below + a - b;
    }
}
