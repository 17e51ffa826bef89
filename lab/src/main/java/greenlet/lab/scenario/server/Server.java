package greenlet.lab.scenario.server;

import greenlet.lab.measure.Budget;
import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.Processes;
import greenlet.lab.mechanism.ThreadMechanism;
import greenlet.lab.process.Cores;
import greenlet.lab.process.KernelMemory;
import greenlet.lab.scenario.Metric;
import greenlet.lab.scenario.Samples;
import greenlet.lab.scenario.Scenario;
import greenlet.lab.scenario.Size;
import java.time.Duration;
import java.util.List;

/**
 * A plain blocking HTTP server with many client connections: latency and CPU at a fixed rate, the most that it answers, and the memory that
 * the connections hold. The server has one core, whatever the mechanism: a hub is one core's worth of server. The load comes from
 * a process on the other cores.
 *
 * <p>Immutable.
 */
public final class Server implements Scenario {
    private static final Metric P50 = Metric.lower("p50", "ns", "median latency at the fixed rate");
    private static final Metric P99 = Metric.lower("p99", "ns", "99th percentile of latency at the fixed rate");
    private static final Metric CPU = Metric.lower("cpu", "ns", "CPU time of the server per request at the fixed rate");
    private static final Metric THROUGHPUT =
            Metric.higher("throughput", "1/s", "requests a second, all connections busy");
    private static final Metric MEMORY = Metric.lower("memory", "bytes", "memory that the connections add in all");
    private static final Metric HEAP = Metric.lower("heap", "bytes", "live heap that the connections add");
    private static final Metric RESIDENT = Metric.lower("resident", "bytes", "memory in use that they add");
    private static final Metric KERNEL =
            Metric.lower("kernel", "bytes", "page tables, kernel stacks and socket buffers that they add");
    private static final String CONNECTIONS = "connections";
    private static final int PROCESSES = 4;

    @Override
    public String name() {
        return "server";
    }

    @Override
    public String about() {
        return "a plain blocking HTTP server with many client connections, on one core";
    }

    @Override
    public List<Size> sizes(Budget budget) {
        return List.of(Size.of(CONNECTIONS, 100), Size.of(CONNECTIONS, 1000), Size.of(CONNECTIONS, 10));
    }

    @Override
    public List<Metric> metrics(Size size) {
        return KernelMemory.isTold()
                ? List.of(P50, P99, CPU, THROUGHPUT, MEMORY, HEAP, RESIDENT, KERNEL)
                : List.of(P50, P99, CPU, THROUGHPUT, MEMORY, HEAP, RESIDENT);
    }

    @Override
    public Duration cost(Mechanism mechanism, Size size) {
        return ServerTrial.COST.plusMillis(mechanism instanceof Processes ? 1850 : 1350);
    }

    @Override
    public int forks(Budget budget, Size size) {
        // A worker gives several samples of each figure.
        return budget == Budget.DEFAULT ? 1 : budget.forks();
    }

    /** One core: so many carriers the JDK's own scheduler then has. Touched beforehand, the heap's pages are resident all along. */
    @Override
    public List<String> jvmFlags(Size size) {
        return List.of("-XX:+UseSerialGC", "-Xms128m", "-Xmx128m", "-XX:+AlwaysPreTouch", "-XX:ActiveProcessorCount=1");
    }

    @Override
    public List<String> partner(Size size) {
        return LoadClient.command(Cores.allowed()
                .filter(all -> all.count() >= 2)
                .map(all -> all.without(all.first(1)))
                .orElse(new Cores(List.of())));
    }

    @Override
    public void measure(Mechanism mechanism, Size size, Samples samples) throws Exception {
        Placement placement = Placement.serverOnOneCore();
        placement
                .problem()
                .ifPresent(problem -> metrics(size)
                        .forEach(metric ->
                                samples.remark(metric.name(), "not pinned apart from the load generator: " + problem)));
        try (LoadClient load = LoadClient.start(placement.generators())) {
            if (mechanism instanceof ThreadMechanism threads) {
                try (ThreadMechanism.Running running = threads.open();
                        ThreadServer server = ThreadServer.start(running.threads())) {
                    new ServerTrial(server, load, size.get(CONNECTIONS), samples).run();
                }
            } else {
                try (ProcessServer server = ProcessServer.start(PROCESSES)) {
                    new ServerTrial(server, load, size.get(CONNECTIONS), samples).run();
                }
            }
        }
    }
}
