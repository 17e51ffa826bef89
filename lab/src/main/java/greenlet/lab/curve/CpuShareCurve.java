package greenlet.lab.curve;

import greenlet.lab.mechanism.GreenletsPerCore;
import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.ThreadMechanism;
import greenlet.lab.scenario.Metric;
import greenlet.lab.scenario.Samples;
import greenlet.lab.scenario.Size;
import greenlet.lab.scenario.cpu.Spin;
import greenlet.lab.scenario.server.LoadClient;
import greenlet.lab.scenario.server.RequestWork;
import greenlet.lab.scenario.server.ThreadServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A server whose requests take a millisecond each, of which they compute a share and wait for the rest: half of the computing, the wait, the
 * other half. The server may use every core, and the load generator leaves them whenever it has nothing to do; greenlets are one hub,
 * that is one core's worth, and beside them there is a hub for each core.
 *
 * <p>Immutable.
 */
public final class CpuShareCurve extends Curve {
    private static final String NAME = "cpu-share";
    private static final String PARAMETER = "cpuPercent";
    private static final List<Integer> POINTS = List.of(0, 10, 25, 50, 75, 100);
    private static final int CONNECTIONS = 64;
    private static final long REQUEST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int PERCENT = 100;

    /** Requests a second: half of what one core can do when each computes all the time. */
    private static final int RATE = 500;

    /** Ten of them are above a p99: more would take longer than {@code compare --thorough} has. */
    private static final int REQUESTS = 1000;

    private static final Metric MEMORY_AT_LOAD = Metric.lower(
            MEMORY.name(),
            MEMORY.unit(),
            "memory that " + CONNECTIONS + " connections add in all, with a request under way on each");

    /** The curve at its usual points. */
    public CpuShareCurve() {
        super(POINTS);
    }

    private CpuShareCurve(List<Integer> points) {
        super(points);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "a plain blocking HTTP server on all cores, against the share of a request's millisecond that it"
                + " computes";
    }

    @Override
    public String parameter() {
        return PARAMETER;
    }

    @Override
    public String axis() {
        return "share of a request that is computing, in percent";
    }

    @Override
    public String unit() {
        return "% of computing";
    }

    @Override
    public boolean isLogarithmic() {
        return false;
    }

    /** Where computing decides, one hub against all cores says more of the cores than of the mechanism: here a hub per core has its place. */
    @Override
    public boolean concerns(Mechanism mechanism) {
        return super.concerns(mechanism) || mechanism instanceof GreenletsPerCore;
    }

    @Override
    public Optional<String> notApplicable(Mechanism mechanism, Size size) {
        return mechanism instanceof GreenletsPerCore
                ? againstHubs(Runtime.getRuntime().availableProcessors())
                : Optional.empty();
    }

    static Optional<String> againstHubs(int cores) {
        return cores > 1 ? Optional.empty() : Optional.of("there is one core: a hub per core is one hub");
    }

    @Override
    int requests() {
        return REQUESTS;
    }

    @Override
    Metric memory() {
        return MEMORY_AT_LOAD;
    }

    @Override
    public CpuShareCurve at(List<Integer> others) {
        return new CpuShareCurve(checked(NAME, others, 0, PERCENT));
    }

    @Override
    public Duration cost(Mechanism mechanism, Size size) {
        return cost(CONNECTIONS, Trial.phases(REQUESTS, RATE, Trial.MemoryAt.LOAD));
    }

    /** The heap is touched beforehand: its pages are resident all along. */
    @Override
    public List<String> jvmFlags(Size size) {
        return List.of("-XX:+UseSerialGC", "-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch");
    }

    @Override
    public void measure(Mechanism mechanism, Size size, Samples samples) throws Exception {
        Work work = new Work(size.get(PARAMETER), Spin.stepsPerMicro());
        try (LoadClient load = LoadClient.startSharing();
                ThreadMechanism.Running running = ((ThreadMechanism) mechanism).open();
                ThreadServer server = ThreadServer.start(running.threads(), work)) {
            Trial.Shape shape = new Trial.Shape(
                    CONNECTIONS, duration -> load.randomTimes(RATE, duration), RATE, REQUESTS, Trial.MemoryAt.LOAD);
            new Trial(server, load, shape, work::begin, samples).run();
        }
    }

    /** A request's millisecond; nothing until it begins, so that the server's own code warms up fast. */
    private static final class Work implements RequestWork {
        private final long halfSteps;
        private final Duration wait;
        private volatile boolean begun;
        /** Written by any task and read by none: it keeps the loop from being dropped. */
        private volatile long sink;

        Work(int cpuPercent, double stepsPerMicro) {
            long cpuNanos = REQUEST_NANOS * cpuPercent / PERCENT;
            halfSteps = Math.round(cpuNanos / 1e3 * stepsPerMicro / 2);
            wait = Duration.ofNanos(REQUEST_NANOS - cpuNanos);
        }

        void begin() {
            begun = true;
        }

        @Override
        public void perform() throws InterruptedException {
            if (!begun) {
                return;
            }
            long value = Spin.steps(halfSteps, sink + 1);
            if (!wait.isZero()) {
                Thread.sleep(wait);
            }
            sink = Spin.steps(halfSteps, value);
        }
    }
}
