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

/** Counts a server's system calls with the kernel's trace points, in a run of its own. Unlike a tracer they leave a server as fast as it is. */
final class SystemCalls {
    private static final int ATTACH_MILLIS = 500;
    private static final int SECONDS = 2;
    private static final double WORTH_NAMING = 0.05;
    private static final String ALL = "raw_syscalls:sys_enter";
    private static final String ONE = "syscalls:sys_enter_";
    private static final List<String> KINDS = List.of(
            "read", "write", "recvfrom", "sendto", "epoll_wait", "epoll_pwait", "epoll_pwait2", "epoll_ctl", "futex");

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
        Path counts = Files.createTempFile("greenlet-perf", ".csv");
        try {
            String events = KINDS.stream().map(ONE::concat).collect(Collectors.joining(",", ALL + ",", ""));
            Process perf = new ProcessBuilder(
                            "perf", "stat", "-x,", "-e", events, "-o", counts.toString(), "-p", "" + server.pid())
                    .redirectErrorStream(true)
                    .start();
            if (perf.waitFor(ATTACH_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IOException("perf could not count system calls: "
                        + Tools.read(perf.getInputStream()).strip()
                        + ". It needs root, or kernel.perf_event_paranoid=-1.");
            }
            Wrk load = Wrk.run(server.port(), connections, SECONDS);
            Tools.output("kill", "-INT", String.valueOf(perf.pid()));
            perf.waitFor();
            return describe(parse(Files.readString(counts)), load.requests());
        } finally {
            Files.delete(counts);
        }
    }

    /** The lines of {@code perf stat -x,}: the count first, the event third. */
    static List<Call> parse(String lines) {
        List<Call> calls = new ArrayList<>();
        for (String line : lines.lines().toList()) {
            String[] words = line.split(",", -1);
            if (words.length >= 3 && words[0].matches("\\d+")) {
                calls.add(new Call(words[2].equals(ALL) ? ALL : words[2].replace(ONE, ""), Long.parseLong(words[0])));
            }
        }
        return calls;
    }

    static String describe(List<Call> calls, long requests) {
        double all = calls.stream()
                        .filter(call -> call.name().equals(ALL))
                        .mapToLong(Call::count)
                        .sum()
                / (double) requests;
        String kinds = calls.stream()
                .filter(call -> !call.name().equals(ALL) && call.count() > WORTH_NAMING * requests)
                .sorted(Comparator.comparingLong(Call::count).reversed())
                .map(call -> String.format(Locale.ROOT, "%s %.2f", call.name(), call.count() / (double) requests))
                .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, "%.2f: %s", all, kinds);
    }
}
