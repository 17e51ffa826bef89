package greenlet.launch;

import greenlet.Greenlet;
import greenlet.GreenletException;
import greenlet.GreenletState;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Switches with locks in every situation, under the agent and strict mode; prints what came of each. */
@SuppressWarnings("LockNotBeforeTry") // the switch between lock and unlock is the point
final class Locking {
    private static final int COMPILED_AFTER = 20_000;

    private Locking() {}

    private interface Task {
        void run() throws Exception;
    }

    /** Prints a line for each situation. */
    public static void main(String[] args) throws Exception {
        ReentrantReadWriteLock both = new ReentrantReadWriteLock();
        say("nothing", () -> {});
        held("lock", new ReentrantLock());
        held("fair lock", new ReentrantLock(true));
        held("write lock", both.writeLock());
        held("read lock", both.readLock());
        ReentrantLock lock = new ReentrantLock();
        say("unlocked", () -> {
            lock.lock();
            lock.lock();
            lock.unlock();
            lock.unlock();
        });
        say("tried", () -> {
            if (!lock.tryLock(1, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody else has it");
            }
        });
        lock.unlock();
        awaited();
        try (var pool = Executors.newSingleThreadExecutor()) {
            pool.submit(() -> say("in a pool's worker", () -> {})).get();
        }
        byMain();
        compiled();
    }

    /** What comes of a switch away from a greenlet that has done this before. */
    private static void say(String situation, Task before) {
        System.out.println(situation + ": " + outcome(before));
    }

    private static String outcome(Task before) {
        Greenlet here = Greenlet.current();
        Greenlet g = Greenlet.of("holder", first -> {
            before.run();
            try {
                here.switchTo();
                return null;
            } catch (GreenletException.LockHeld refusal) {
                return refusal.getMessage();
            }
        });
        Object message = g.switchTo();
        if (g.state() == GreenletState.SUSPENDED) {
            g.switchTo();
            return "passed";
        }
        return String.valueOf(message).replaceAll("\\(.*", "refused");
    }

    private static void held(String name, Lock lock) {
        say(name, lock::lock);
        lock.unlock();
        say(name + ", later", () -> {});
    }

    @SuppressWarnings("WaitNotInLoop") // it waits for nothing: what counts is that the wait gives the lock back
    private static void awaited() {
        ReentrantLock lock = new ReentrantLock();
        Condition never = lock.newCondition();
        say("awaited and unlocked", () -> {
            lock.lock();
            if (never.awaitNanos(1_000) > 1_000) {
                throw new AssertionError("time runs backwards");
            }
            lock.unlock();
        });
        say("awaited", () -> {
            lock.lock();
            if (never.awaitNanos(1_000) > 1_000) {
                throw new AssertionError("time runs backwards");
            }
        });
        lock.unlock();
    }

    private static void byMain() {
        ReentrantLock lock = new ReentrantLock();
        Greenlet g = Greenlet.of(first -> first);
        lock.lock();
        try {
            g.switchTo();
            System.out.println("main's: passed");
        } catch (GreenletException.LockHeld refusal) {
            System.out.println("main's: " + g.state());
        } finally {
            lock.unlock();
        }
    }

    private static void compiled() {
        ReentrantLock lock = new ReentrantLock();
        Greenlet here = Greenlet.current();
        Greenlet g = Greenlet.of("compiled", first -> {
            Object hold = first;
            while (true) {
                hold = here.switchTo(Boolean.TRUE.equals(hold) ? tryHolding(here, lock) : "passed");
            }
        });
        int wrong = 0;
        for (int i = 0; i < COMPILED_AFTER; i++) {
            boolean hold = i % 3 == 0;
            if (!(hold ? "refused" : "passed").equals(g.switchTo(hold))) {
                wrong++;
            }
        }
        System.out.println("compiled: " + wrong + " wrong");
    }

    private static Object tryHolding(Greenlet here, ReentrantLock lock) {
        lock.lock();
        try {
            here.switchTo("not refused");
            return "not refused";
        } catch (GreenletException.LockHeld refusal) {
            return "refused";
        } finally {
            lock.unlock();
        }
    }
}
