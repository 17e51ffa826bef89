import greenlet.hub.Hub;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * The check by hand of what {@code ./greenlet advise} says: so many callers that call again and again, for four seconds after four of warm-up.
 * {@code java --add-opens java.base/java.lang=ALL-UNNAMED -cp ... ByHand CLASS MECHANISM CALLERS [SECONDS]}, one mechanism in a JVM.
 */
public class ByHand {
    private static final LongAdder calls = new LongAdder();
    private static final AtomicReference<Throwable> failure = new AtomicReference<>();
    private static volatile boolean over;

    public static void main(String[] arguments) throws Exception {
        Object task = Class.forName(arguments[0]).getDeclaredConstructor().newInstance();
        int callers = Integer.parseInt(arguments[2]);
        long millis = 1000 * (arguments.length > 3 ? Long.parseLong(arguments[3]) : 4);
        List<Hub> hubs = new ArrayList<>();
        ThreadFactory factory = factory(arguments[1], hubs);

        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            threads.add(factory.newThread(() -> callAgainAndAgain(task)));
        }
        threads.forEach(Thread::start);
        Thread.sleep(millis); // warm-up
        long before = calls.sum();
        long start = System.nanoTime();
        Thread.sleep(millis); // what is measured
        double perSecond = (calls.sum() - before) * 1e9 / (System.nanoTime() - start);
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
        hubs.forEach(Hub::close);

        String left = arguments[0].equals("Reservations") ? ", after " + calls + " calls " + task : "";
        String thrown = failure.get() == null ? "" : ", threw " + failure.get();
        System.out.printf("%s, %s, %d callers: %,.0f calls/s%s%s%n",
                arguments[0], arguments[1], callers, perSecond, left, thrown);
    }

    private static ThreadFactory factory(String mechanism, List<Hub> hubs) {
        return switch (mechanism) {
            case "platform-threads" -> Thread.ofPlatform().factory();
            case "virtual-threads" -> Thread.ofVirtual().factory();
            case "greenlets" -> onHubs(1, hubs);
            case "greenlets-per-core" -> onHubs(Runtime.getRuntime().availableProcessors(), hubs);
            default -> throw new IllegalArgumentException("no such mechanism: " + mechanism);
        };
    }

    /** Callers are dealt out in turn. */
    private static ThreadFactory onHubs(int count, List<Hub> hubs) {
        for (int i = 0; i < count; i++) {
            hubs.add(Hub.builder().name("by-hand-" + i).start());
        }
        List<ThreadFactory> factories = hubs.stream().map(Hub::threadFactory).toList();
        LongAdder made = new LongAdder();
        return body -> {
            made.increment();
            return factories.get(made.intValue() % count).newThread(body);
        };
    }

    private static void callAgainAndAgain(Object task) {
        while (!over) {
            try {
                if (task instanceof Callable<?> callable) {
                    callable.call();
                } else {
                    ((Runnable) task).run();
                }
                calls.increment();
            } catch (Throwable thrown) {
                failure.compareAndSet(null, thrown);
            }
            Thread.yield(); // green and virtual threads that only compute would never let the others in
        }
    }
}
