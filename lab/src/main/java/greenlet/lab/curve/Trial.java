package greenlet.lab.curve;

import greenlet.lab.process.JvmTimes;
import greenlet.lab.process.ProcessUsage;
import greenlet.lab.scenario.Metric;
import greenlet.lab.scenario.Pace;
import greenlet.lab.scenario.Samples;
import greenlet.lab.scenario.server.Load;
import greenlet.lab.scenario.server.LoadClient;
import greenlet.lab.scenario.server.ServerMemory;
import greenlet.lab.scenario.server.ServerUnderTest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The phases of one point of a curve: warm-up of the bare server on two connections, warm-up of the real requests on all of them, then
 * fixed rate and full load in turns. Both warm-ups last until {@link Convergence} says so. Memory is measured where {@link MemoryAt} says.
 *
 * <p>Confined to the thread that made it.
 */
final class Trial {
    private static final int WARM_UP_CONNECTIONS = 2;
    /** With three workers six samples, the fewest whose range is an interval of 95 %. */
    private static final int ROUNDS = 2;

    /** Looks at the memory under load, of which the middle counts. */
    private static final int LOOKS = 3;

    private static final Duration PER_LOOK = Duration.ofMillis(40);
    private static final Duration SLICE = Duration.ofMillis(50);
    private static final Duration FULL = Duration.ofMillis(150);

    /** Under full load every connection has a request under way: so long is added for each, that a phase is more than its first answers. */
    private static final Duration FULL_PER_CONNECTION = Duration.ofNanos(40_000);

    private static final Duration SLICE_PER_CONNECTION = Duration.ofNanos(5_000);
    private static final int EXPECTED_WINDOWS = 5;
    private static final double RESERVE = 1.5;
    private static final int PERCENT = 100;

    private final ServerUnderTest server;
    private final LoadClient load;
    private final Shape shape;
    private final Runnable begin;
    private final Samples samples;
    private double slowest = Double.MAX_VALUE;

    /** Open load of a rate that the curve knows. */
    @FunctionalInterface
    interface OpenLoad {
        Load offer(Duration duration) throws IOException;
    }

    /**
     * What the curve asks for.
     *
     * @param connections how many are open
     * @param open the load at the fixed rate
     * @param rate that rate
     * @param requests how many make a window of it
     * @param memory when to measure it
     */
    record Shape(int connections, OpenLoad open, int rate, int requests, MemoryAt memory) {
        Duration window() {
            return Duration.ofSeconds(requests).dividedBy(rate);
        }
    }

    /** When the memory of connections is measured. */
    enum MemoryAt {
        /** Before any request does its work: that of the connections, which are open and idle. */
        REST,
        /**
         * After the rounds, with a request under way on every connection: that of as many connections more, as all code has run and been
         * compiled by then, and no stack of an earlier task is left to be used again.
         */
        LOAD
    }

    /** @param begin has requests do their work from now on; until then the server answers at once */
    Trial(ServerUnderTest server, LoadClient load, Shape shape, Runnable begin, Samples samples) {
        this.server = server;
        this.load = load;
        this.shape = shape;
        this.begin = begin;
        this.samples = samples;
    }

    /** How long the phases take with few connections. */
    static Duration phases(int requests, int rate, MemoryAt memory) {
        Duration window = Duration.ofSeconds(requests).dividedBy(rate);
        Duration warmUps = SLICE.multipliedBy(2L * EXPECTED_WINDOWS * Convergence.SLICES);
        Duration looks = memory == MemoryAt.LOAD ? SLICE.plus(PER_LOOK.multipliedBy(2L * LOOKS)) : Duration.ZERO;
        return warmUps.plus(window.plus(FULL).multipliedBy(ROUNDS)).plus(looks);
    }

    void run() throws IOException {
        long start = System.nanoTime();
        load.connect(server, WARM_UP_CONNECTIONS);
        warmUp("the bare server", SLICE);
        long warm = System.nanoTime() - start;
        if (shape.memory() == MemoryAt.REST) {
            measureMemoryAtRest();
        }
        load.connect(server, shape.connections());
        begin.run();
        start = System.nanoTime();
        warmUp("the requests", SLICE.plus(SLICE_PER_CONNECTION.multipliedBy(shape.connections())));
        add(Curve.WARM_UP, (double) (warm + System.nanoTime() - start));
        shape.open().offer(Pace.of(SLICE));
        JvmTimes before = JvmTimes.now();
        for (int i = 0; i < ROUNDS; i++) {
            fixedRate();
            full();
        }
        JvmTimes spent = JvmTimes.now().since(before);
        add(Curve.GC, (double) spent.collectionNanos());
        add(Curve.JIT, (double) spent.compilationNanos());
        if (shape.memory() == MemoryAt.LOAD) {
            measureMemoryAtLoad();
        }
        if (slowest < RESERVE * shape.rate()) {
            remark(Curve.P99, "the fixed rate of " + shape.rate() + " requests/s is near this server's limit");
        }
    }

    /** CPU time per request, not throughput: on a busy machine that differs from window to window for other reasons. */
    private void warmUp(String what, Duration slice) throws IOException {
        Convergence convergence = new Convergence();
        while (!convergence.isOver()) {
            long cpu = server.cpuNanos();
            Load found = load.full(Pace.of(slice));
            convergence.add(Math.max(1, server.cpuNanos() - cpu) / (double) Math.max(1, found.requests()));
        }
        if (!convergence.isConverged()) {
            String remark = String.format(
                    Locale.ROOT,
                    "warm-up of %s did not converge: after %d windows CPU time per request still differed by %.0f %%",
                    what,
                    convergence.windows(),
                    PERCENT * convergence.spread());
            for (Metric metric : List.of(Curve.THROUGHPUT, Curve.P99, Curve.CPU, Curve.P50, Curve.WARM_UP)) {
                remark(metric, remark);
            }
        }
    }

    private void measureMemoryAtRest() throws IOException {
        ServerMemory before = server.baseline();
        load.connect(server, shape.connections() + WARM_UP_CONNECTIONS);
        addMemory(server.memory().since(before));
    }

    private void measureMemoryAtLoad() throws IOException {
        ServerMemory before = memoryAtLoad();
        load.connect(server, 2 * shape.connections());
        load.full(Pace.of(SLICE));
        addMemory(memoryAtLoad().since(before));
    }

    private ServerMemory memoryAtLoad() throws IOException {
        List<ServerMemory> looks = new ArrayList<>();
        Load _ = load.hold(() -> {
            for (int i = 0; i < LOOKS; i++) {
                looks.add(server.memory());
            }
        });
        return ServerMemory.median(looks);
    }

    private void addMemory(ServerMemory held) {
        add(Curve.MEMORY, (double) (held.residentBytes() + held.kernelBytes()));
    }

    private void fixedRate() throws IOException {
        long cpu = server.cpuNanos();
        var switches = ProcessUsage.now();
        Load found = shape.open().offer(Pace.of(shape.window()));
        double requests = found.requests();
        add(Curve.CPU, (server.cpuNanos() - cpu) / requests);
        switches.ifPresent(before -> ProcessUsage.now()
                .map(now -> now.since(before))
                .ifPresent(spent -> {
                    add(Curve.VOLUNTARY, spent.voluntarySwitches() / requests);
                    add(Curve.INVOLUNTARY, spent.involuntarySwitches() / requests);
                }));
        add(Curve.P50, (double) found.p50Nanos());
        add(Curve.P99, (double) found.p99Nanos());
        if (found.isGeneratorSaturated()) {
            remark(Curve.P50, found.saturation());
            remark(Curve.P99, found.saturation());
        }
    }

    private void full() throws IOException {
        Load found = load.full(Pace.of(FULL.plus(FULL_PER_CONNECTION.multipliedBy(shape.connections()))));
        add(Curve.THROUGHPUT, found.perSecond());
        slowest = Math.min(slowest, found.perSecond());
        if (found.isGeneratorSaturated()) {
            remark(Curve.THROUGHPUT, found.saturation());
        }
    }

    private void add(Metric metric, double value) {
        samples.add(metric.name(), value);
    }

    private void remark(Metric metric, String text) {
        samples.remark(metric.name(), text);
    }
}
