package greenlet.lab.scenario.server;

import greenlet.lab.process.KernelMemory;
import greenlet.lab.scenario.Pace;
import greenlet.lab.scenario.Samples;
import java.io.IOException;
import java.time.Duration;

/**
 * The phases of one trial: warm-up on two connections, memory of the others, warm-up on all, then fixed rate and full load in turns.
 *
 * <p>Confined to the thread that made it.
 */
final class ServerTrial {
    /** Requests a second at the fixed rate: well below what the slowest mechanism answers on one core. */
    static final int RATE = 4000;

    private static final int WARM_UP_CONNECTIONS = 2;
    private static final int ROUNDS = 3;
    private static final Duration WARM_UP = Duration.ofMillis(500);
    /** On two connections server and generator may wait for each other more than they work. */
    private static final int MOST_WARM_UPS = 12;

    private static final Duration SETTLING = Duration.ofMillis(100);
    private static final Duration FIXED = Duration.ofMillis(250);
    private static final Duration FULL = Duration.ofMillis(100);

    /** How long the phases take. */
    static final Duration COST = WARM_UP.plus(SETTLING).plus(FIXED.plus(FULL).multipliedBy(ROUNDS));

    private final ServerUnderTest server;
    private final LoadClient load;
    private final int connections;
    private final Samples samples;

    ServerTrial(ServerUnderTest server, LoadClient load, int connections, Samples samples) {
        this.server = server;
        this.load = load;
        this.connections = connections;
        this.samples = samples;
    }

    void run() throws IOException {
        load.connect(server, WARM_UP_CONNECTIONS);
        warmUp();
        ServerMemory before = server.baseline();
        load.connect(server, connections + WARM_UP_CONNECTIONS);
        addMemory(server.memory().since(before));
        load.connect(server, connections);
        load.full(Pace.of(SETTLING));
        load.fixedRate(RATE, Pace.of(SETTLING).dividedBy(2));
        double slowest = Double.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            fixedRate();
            slowest = Math.min(slowest, full());
        }
        if (slowest < 1.5 * RATE) {
            samples.remark("p99", "the fixed rate of " + RATE + " requests/s is near this server's limit");
        }
    }

    /** Counted in CPU time of the server: on a busy machine the same wall time would leave more of its code interpreted. */
    private void warmUp() throws IOException {
        long start = server.cpuNanos();
        for (int i = 0;
                i < MOST_WARM_UPS
                        && server.cpuNanos() - start < Pace.of(WARM_UP).toNanos();
                i++) {
            load.full(Pace.of(WARM_UP).dividedBy(4));
        }
    }

    private void addMemory(ServerMemory held) {
        samples.add("memory", (double) (held.residentBytes() + held.kernelBytes()));
        samples.add("heap", (double) held.heapBytes());
        samples.add("resident", (double) held.residentBytes());
        if (KernelMemory.isTold()) {
            samples.add("kernel", (double) held.kernelBytes());
        }
    }

    private void fixedRate() throws IOException {
        long cpu = server.cpuNanos();
        Load found = load.fixedRate(RATE, Pace.of(FIXED));
        samples.add("cpu", (server.cpuNanos() - cpu) / (double) found.requests());
        samples.add("p50", (double) found.p50Nanos());
        samples.add("p99", (double) found.p99Nanos());
        if (found.isGeneratorSaturated()) {
            samples.remark("p50", found.saturation());
            samples.remark("p99", found.saturation());
        }
    }

    private double full() throws IOException {
        Load found = load.full(Pace.of(FULL));
        samples.add("throughput", found.perSecond());
        if (found.isGeneratorSaturated()) {
            samples.remark("throughput", found.saturation());
        }
        return found.perSecond();
    }
}
