package greenlet.bench.load;

import greenlet.bench.ratio.Case;
import greenlet.bench.ratio.Rounds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/** One round of one server: start it, warm it up, load it, and divide its CPU time by the requests. */
final class HttpFork implements Rounds.Fork {
    /** Apart from its CPU time, what one round of one server showed. */
    private record Sample(double perSecond, double switchesPerRequest, String median, String worst) {}

    private final Path workshop;
    private final int connections;
    private final int warmUpSeconds;
    private final int seconds;
    private final Map<Peer, List<Sample>> samples = new EnumMap<>(Peer.class);

    HttpFork(Path workshop, int connections, int warmUpSeconds, int seconds) {
        this.workshop = workshop;
        this.connections = connections;
        this.warmUpSeconds = warmUpSeconds;
        this.seconds = seconds;
    }

    @Override
    public double nanosPerOperation(Case what) throws RunnerException {
        Peer peer = Peer.labelled(what.label());
        try (ServerProcess server = ServerProcess.start(peer, workshop)) {
            Wrk.run(server.port(), connections, warmUpSeconds);
            long cpuBefore = server.cpuNanos();
            long switchesBefore = server.contextSwitches();
            Wrk load = Wrk.run(server.port(), connections, seconds);
            long cpu = server.cpuNanos() - cpuBefore;
            double requests = load.requests();
            samples.computeIfAbsent(peer, _ -> new ArrayList<>())
                    .add(new Sample(
                            load.perSecond(),
                            (server.contextSwitches() - switchesBefore) / requests,
                            load.median(),
                            load.worst()));
            return cpu / requests;
        } catch (IOException e) {
            throw new RunnerException("the server or its load failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunnerException("interrupted", e);
        }
    }

    /** What else was seen, the middle round of each server, and its system calls counted in one more run. */
    String details(List<Peer> peers) throws IOException, InterruptedException {
        StringBuilder table = new StringBuilder("| | requests/s | median, 99 % latency | context switches a request |"
                + " system calls a request |\n|---|--:|--:|--:|---|\n");
        for (Peer peer : peers) {
            List<Sample> sorted = samples.getOrDefault(peer, List.of()).stream()
                    .sorted(java.util.Comparator.comparingDouble(Sample::perSecond))
                    .toList();
            Sample middle = sorted.get(sorted.size() / 2);
            String calls;
            try (ServerProcess server = ServerProcess.start(peer, workshop)) {
                calls = SystemCalls.perRequest(server, connections);
            }
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %,.0f | %s, %s | %.2f | %s |%n",
                    peer.label(),
                    middle.perSecond(),
                    middle.median(),
                    middle.worst(),
                    middle.switchesPerRequest(),
                    calls));
        }
        return table.toString();
    }
}
