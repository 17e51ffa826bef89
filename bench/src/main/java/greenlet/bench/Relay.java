package greenlet.bench;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.LockSupport;

/** Two threads that hand control to each other: what a switch is between threads of any kind. */
final class Relay {
    private final Thread[] runners = new Thread[2];

    /** Whose turn it is. */
    private volatile int turn;

    private Relay(Thread.Builder kind, int handOvers) {
        for (int i = 0; i < runners.length; i++) {
            int me = i;
            runners[i] = kind.unstarted(() -> run(me, handOvers / runners.length));
        }
    }

    private void run(int me, int laps) {
        for (int lap = 0; lap < laps; lap++) {
            while (turn != me) {
                LockSupport.park(this);
            }
            turn = 1 - me;
            LockSupport.unpark(runners[1 - me]);
        }
    }

    /** Hands over so often by unpark and park. */
    static void park(Thread.Builder kind, int handOvers) throws InterruptedException {
        Relay relay = new Relay(kind, handOvers);
        for (Thread runner : relay.runners) {
            runner.start();
        }
        for (Thread runner : relay.runners) {
            runner.join();
        }
    }

    /** Hands so many elements over through a queue that holds none. */
    static void queue(Thread.Builder kind, int elements) throws InterruptedException {
        SynchronousQueue<Integer> queue = new SynchronousQueue<>();
        Thread giver = kind.start(() -> {
            for (int i = 0; i < elements; i++) {
                put(queue, i);
            }
        });
        Thread taker = kind.start(() -> {
            for (int i = 0; i < elements; i++) {
                take(queue);
            }
        });
        giver.join();
        taker.join();
    }

    private static void put(SynchronousQueue<Integer> queue, int element) {
        try {
            queue.put(element);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a relay", e);
        }
    }

    private static void take(SynchronousQueue<Integer> queue) {
        try {
            queue.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a relay", e);
        }
    }
}
