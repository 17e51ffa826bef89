package greenlet.lab.fork;

import greenlet.lab.measure.Budget;
import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.scenario.Metric;
import greenlet.lab.scenario.Samples;
import greenlet.lab.scenario.Scenario;
import greenlet.lab.scenario.Size;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A planted scenario whose workers misbehave, each mechanism in its own way. Public because a worker makes it. */
public final class Misbehaving implements Scenario {
    /** How the worker of a mechanism misbehaves; those not named are good. */
    static final String CRASH = "platform-threads";

    static final String HANG = "virtual-threads";
    static final String OUT_OF_MEMORY = "processes";

    @Override
    public String name() {
        return "misbehaving";
    }

    @Override
    public String about() {
        return "planted";
    }

    @Override
    public List<Size> sizes(Budget budget) {
        return List.of(Size.ONLY);
    }

    @Override
    public List<Metric> metrics(Size size) {
        return List.of(Metric.lower("time", "ns", "planted"));
    }

    @Override
    public Duration cost(Mechanism mechanism, Size size) {
        return Duration.ofMillis(mechanism.name().equals(HANG) ? 200 : 10_000);
    }

    @Override
    public int forks(Budget budget, Size size) {
        return 2;
    }

    @Override
    public List<String> jvmFlags(Size size) {
        return List.of("-XX:+UseSerialGC", "-Xmx32m");
    }

    @Override
    public void measure(Mechanism mechanism, Size size, Samples samples) throws Exception {
        System.out.println("{this is no sample, it is a library's noise");
        switch (mechanism.name()) {
            case CRASH -> Runtime.getRuntime().halt(134);
            case HANG -> new CountDownLatch(1).await();
            case OUT_OF_MEMORY -> fillHeap();
            default -> samples.add("time", 42);
        }
    }

    private static void fillHeap() {
        List<long[]> held = new ArrayList<>();
        while (held.size() < Integer.MAX_VALUE) {
            held.add(new long[1 << 16]);
        }
    }
}
