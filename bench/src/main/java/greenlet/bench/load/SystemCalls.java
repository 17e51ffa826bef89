package greenlet.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Counts a server's system calls with strace, in a run of its own: traced, a server is several times slower. */
final class SystemCalls {
    private static final int ATTACH_MILLIS = 500;
    private static final int SECONDS = 2;
    private static final double WORTH_NAMING = 0.05;

    /**
     * One kind of call.
     *
     * @param name the kernel's
     * @param count how many there were
     */
    record Call(String name, long count) {}

    private SystemCalls() {}

    /** The calls a request, for a table: the sum, and the kinds that come to more than one in twenty requests. */
    static String perRequest(ServerProcess server, int connections) throws IOException, InterruptedException {
        Path summary = Files.createTempFile("greenlet-strace", ".txt");
        try {
            Process strace = new ProcessBuilder(
                            "strace", "-c", "-f", "-qq", "-o", summary.toString(), "-p", String.valueOf(server.pid()))
                    .redirectErrorStream(true)
                    .start();
            if (strace.waitFor(ATTACH_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IOException("strace could not attach: "
                        + Tools.read(strace.getInputStream()).strip());
            }
            Wrk load = Wrk.run(server.port(), connections, SECONDS);
            Tools.output("kill", "-INT", String.valueOf(strace.pid()));
            strace.waitFor();
            return describe(parse(Files.readString(summary)), load.requests());
        } finally {
            Files.delete(summary);
        }
    }

    /** The rows of {@code strace -c}: its second-last or third-last word is the count, its last the name. */
    static List<Call> parse(String summary) {
        List<Call> calls = new ArrayList<>();
        for (String line : summary.lines().toList()) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length >= 5 && words[0].matches("[\\d.]+") && !words[words.length - 1].equals("total")) {
                calls.add(new Call(words[words.length - 1], Long.parseLong(words[3])));
            }
        }
        calls.sort(Comparator.comparingLong(Call::count).reversed());
        return calls;
    }

    static String describe(List<Call> calls, long requests) {
        double all = calls.stream().mapToLong(Call::count).sum() / (double) requests;
        String kinds = calls.stream()
                .filter(call -> call.count() > WORTH_NAMING * requests)
                .map(call -> String.format(Locale.ROOT, "%s %.2f", call.name(), call.count() / (double) requests))
                .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, "%.2f: %s", all, kinds);
    }
}
