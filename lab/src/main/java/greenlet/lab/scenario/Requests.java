package greenlet.lab.scenario;

import greenlet.lab.measure.Budget;
import greenlet.lab.measure.Interval;
import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.Processes;
import greenlet.lab.mechanism.ThreadMechanism;
import greenlet.lab.process.ChildJvm;
import greenlet.lab.process.JvmCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Wall time and CPU for many requests at once to an HTTP server in another process that takes 20 ms for each. A task per request; of
 * processes a pool of at most {@link Processes#POOL_CAP}, each making its share of the requests one after another.
 *
 * <p>Immutable.
 */
public final class Requests implements Scenario {
    private static final Metric WALL = Metric.lower("wall", "ns", "wall time for all requests together");
    private static final Metric CPU = Metric.lower("cpu", "ns", "CPU time of the client per request");
    private static final int DELAY_MILLIS = 20;
    private static final List<String> SERVER_FLAGS = List.of("-XX:+UseSerialGC", "-Xmx128m");
    private static final List<String> SERVER_ARGUMENTS = List.of(Integer.toString(DELAY_MILLIS));
    private static final int ENOUGH_REQUESTS = 900;
    private static final int SAMPLES = 3;

    @Override
    public String name() {
        return "requests";
    }

    @Override
    public String about() {
        return "many requests at once to a server that takes " + DELAY_MILLIS + " ms for each";
    }

    @Override
    public List<Size> sizes(Budget budget) {
        Size hundred = Size.of("concurrent", 100);
        Size thousand = Size.of("concurrent", 1000);
        return switch (budget) {
            case QUICK -> List.of(hundred);
            case DEFAULT -> List.of(hundred, thousand);
            case THOROUGH -> List.of(hundred, thousand, Size.of("concurrent", 10));
        };
    }

    @Override
    public List<Metric> metrics(Size size) {
        return List.of(WALL, CPU);
    }

    @Override
    public Duration cost(Mechanism mechanism, Size size) {
        int concurrent = size.get("concurrent");
        int rounds = rounds(mechanism, concurrent);
        if (mechanism instanceof Processes) {
            Duration round = Duration.ofMillis((long) DELAY_MILLIS * (concurrent / Processes.POOL_CAP + 1));
            return round.multipliedBy(rounds).plusMillis(1300);
        }
        Duration round = Duration.ofMillis(DELAY_MILLIS).plusNanos(concurrent * 250_000L);
        return round.multipliedBy(2L * rounds).plusMillis(680);
    }

    /**
     * Enough requests that the ten milliseconds in which the system counts CPU time do not matter. A pool of processes needs seconds for
     * a thousand requests, nearly all of it waiting.
     */
    private static int rounds(Mechanism mechanism, int concurrent) {
        int wanted = mechanism instanceof Processes ? ENOUGH_REQUESTS / 3 : ENOUGH_REQUESTS;
        return Math.clamp(wanted / concurrent, mechanism instanceof Processes ? 1 : 3, 9);
    }

    @Override
    public List<String> partner(Size size) {
        return JvmCommand.of(SERVER_FLAGS, DelayServer.class.getName(), SERVER_ARGUMENTS);
    }

    @Override
    public int forks(Budget budget, Size size) {
        // A worker gives three samples of each figure.
        return switch (budget) {
            case QUICK -> 1;
            case DEFAULT -> size.get("concurrent") == 100 ? 2 : 1;
            case THOROUGH -> budget.forks();
        };
    }

    @Override
    public void measure(Mechanism mechanism, Size size, Samples samples) throws Exception {
        int concurrent = size.get("concurrent");
        int rounds = Pace.of(rounds(mechanism, concurrent));
        try (ChildJvm server = ChildJvm.start(SERVER_FLAGS, DelayServer.class, SERVER_ARGUMENTS)) {
            int port = Integer.parseInt(server.hear());
            if (mechanism instanceof ThreadMechanism threads) {
                try (ThreadMechanism.Running running = threads.open()) {
                    RequestRound round = new RequestRound(running.threads(), port, concurrent);
                    measure(round::run, rounds, rounds, concurrent, samples);
                }
            } else {
                try (RequestPool pool = RequestPool.start(Math.min(Processes.POOL_CAP, concurrent))) {
                    pool.run(port, Math.min(concurrent, 2 * Processes.POOL_CAP));
                    measure(() -> pool.run(port, concurrent), 0, rounds, concurrent, samples);
                }
            }
        }
    }

    /** What one round took. */
    record Spent(long wallNanos, long cpuNanos) {}

    /** Sends all requests once. */
    private interface Round {
        Spent run() throws IOException, InterruptedException;
    }

    private static void measure(Round round, int warmUps, int rounds, int requests, Samples samples)
            throws IOException, InterruptedException {
        for (int i = 0; i < warmUps; i++) {
            round.run();
        }
        int perSample = Math.max(1, rounds / SAMPLES);
        for (int done = 0; done + perSample <= rounds; done += perSample) {
            double cpuNanos = 0;
            List<Double> wallNanos = new ArrayList<>();
            for (int i = 0; i < perSample; i++) {
                Spent spent = round.run();
                wallNanos.add((double) spent.wallNanos());
                cpuNanos += spent.cpuNanos();
            }
            samples.add(WALL.name(), Interval.ofMedian(wallNanos).median());
            samples.add(CPU.name(), cpuNanos / perSample / requests);
        }
    }
}
