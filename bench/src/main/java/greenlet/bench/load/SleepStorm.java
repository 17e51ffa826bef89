package greenlet.bench.load;

import com.sun.management.OperatingSystemMXBean;
import greenlet.hub.Hub;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

/** The main class of one storm: many threads sleep up to a millisecond again and again; prints the CPU nanoseconds of one sleep. */
final class SleepStorm {
    private static final int SLEEPERS = 2_000;
    private static final int MOST_NANOS = 1_000_000;
    private static final int WARM_UPS = 3;

    private SleepStorm() {}

    public static void main(String[] arguments) throws Exception {
        int sleeps = Integer.parseInt(arguments[1]);
        boolean onHub = switch (arguments[0]) {
            case "hub" -> true;
            case "virtual" -> false;
            default -> throw new IllegalArgumentException(arguments[0]);
        };
        for (int i = 0; i < WARM_UPS; i++) {
            storm(onHub, sleeps / 2);
        }
        long before = cpuNanos();
        storm(onHub, sleeps);
        System.out.println((cpuNanos() - before) / ((double) SLEEPERS * sleeps));
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static void storm(boolean onHub, int sleeps) throws InterruptedException {
        if (onHub) {
            Hub.run(() -> start(sleeps).await());
        } else {
            start(sleeps).await();
        }
    }

    /** Virtual threads in either case: on a hub they belong to it. */
    private static CountDownLatch start(int sleeps) {
        CountDownLatch done = new CountDownLatch(SLEEPERS);
        List<Thread> threads = new ArrayList<>(SLEEPERS);
        for (int i = 0; i < SLEEPERS; i++) {
            SplittableRandom random = new SplittableRandom(i);
            threads.add(Thread.ofVirtual().unstarted(() -> sleepOften(random, sleeps, done)));
        }
        threads.forEach(Thread::start);
        return done;
    }

    private static void sleepOften(SplittableRandom random, int sleeps, CountDownLatch done) {
        try {
            for (int i = 0; i < sleeps; i++) {
                Thread.sleep(0, 1 + random.nextInt(MOST_NANOS - 1)); // what is measured
            }
        } catch (InterruptedException e) {
            throw new AssertionError("Nobody interrupts a sleeper", e);
        }
        done.countDown();
    }
}
