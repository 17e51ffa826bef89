package greenlet.lab.curve;

import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.PlatformThreads;
import greenlet.lab.mechanism.ThreadMechanism;
import greenlet.lab.process.SystemLimits;
import greenlet.lab.scenario.Samples;
import greenlet.lab.scenario.Size;
import greenlet.lab.scenario.server.LoadClient;
import greenlet.lab.scenario.server.Placement;
import greenlet.lab.scenario.server.RequestWork;
import greenlet.lab.scenario.server.ThreadServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A server on one core with ever more open connections, which send requests in turn; the load comes from the other cores.
 *
 * <p>Immutable.
 */
public final class ConnectionsCurve extends Curve {
    private static final String NAME = "connections";
    private static final List<Integer> POINTS = List.of(10, 30, 100, 300, 1000, 3000, 10_000);
    private static final int MOST = 25_000;

    /** Requests a second: well below what the slowest mechanism answers on one core. */
    private static final int RATE = 4000;

    /** Thirty of them are above a p99. */
    private static final int REQUESTS = 3000;

    /** The curve at its usual points. */
    public ConnectionsCurve() {
        super(POINTS);
    }

    private ConnectionsCurve(List<Integer> points) {
        super(points);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "a plain blocking HTTP server on one core, against open connections";
    }

    @Override
    public String parameter() {
        return NAME;
    }

    @Override
    public String axis() {
        return "open connections";
    }

    @Override
    public String unit() {
        return "connections";
    }

    @Override
    public boolean isLogarithmic() {
        return true;
    }

    @Override
    int requests() {
        return REQUESTS;
    }

    @Override
    public ConnectionsCurve at(List<Integer> others) {
        return new ConnectionsCurve(checked(NAME, others, 1, MOST));
    }

    @Override
    public Optional<String> notApplicable(Mechanism mechanism, Size size) {
        int connections = size.get(NAME);
        SystemLimits limits = SystemLimits.ofThisProcess();
        Optional<String> refused = limits.againstConnections(connections);
        return mechanism instanceof PlatformThreads ? refused.or(() -> limits.againstThreads(connections)) : refused;
    }

    @Override
    public Duration cost(Mechanism mechanism, Size size) {
        return cost(size.get(NAME), Trial.phases(REQUESTS, RATE, Trial.MemoryAt.REST));
    }

    /** Heap for ten thousand connections, touched beforehand; one processor: so many carriers the JDK's own scheduler then has. */
    @Override
    public List<String> jvmFlags(Size size) {
        return List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch", "-XX:ActiveProcessorCount=1");
    }

    @Override
    public void measure(Mechanism mechanism, Size size, Samples samples) throws Exception {
        Placement placement = Placement.serverOnOneCore();
        placement.problem().ifPresent(problem -> {
            for (String metric : List.of(THROUGHPUT.name(), P99.name(), P50.name())) {
                samples.remark(metric, "not pinned apart from the load generator: " + problem);
            }
        });
        try (LoadClient load = LoadClient.start(placement.generators());
                ThreadMechanism.Running running = ((ThreadMechanism) mechanism).open();
                ThreadServer server = ThreadServer.start(running.threads(), RequestWork.NONE)) {
            Trial.Shape shape = new Trial.Shape(
                    size.get(NAME), duration -> load.fixedRate(RATE, duration), RATE, REQUESTS, Trial.MemoryAt.REST);
            new Trial(server, load, shape, () -> {}, samples).run();
        }
    }
}
