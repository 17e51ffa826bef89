package greenlet.bench.load;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The load generator, on the other core.
 *
 * @param requests answered
 * @param perSecond answered in a second
 * @param median latency, as wrk words it
 * @param worst latency of the slowest hundredth, likewise
 */
record Wrk(long requests, double perSecond, String median, String worst) {
    private static final String CORE = "1";
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
    private static final Pattern PER_SECOND = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
    private static final Pattern MEDIAN = Pattern.compile("(?m)^\\s+50%\\s+(\\S+)");
    private static final Pattern WORST = Pattern.compile("(?m)^\\s+99%\\s+(\\S+)");

    /** Keeps so many connections busy for so many seconds. */
    static Wrk run(int port, int connections, int seconds) throws IOException, InterruptedException {
        String printed = Tools.output(
                "taskset",
                "-c",
                CORE,
                "wrk",
                "-t1",
                "-c" + connections,
                "-d" + seconds + "s",
                "--latency",
                "http://127.0.0.1:" + port + "/");
        return parse(printed);
    }

    static Wrk parse(String printed) throws IOException {
        if (printed.contains("Socket errors") || printed.contains("Non-2xx")) {
            throw new IOException("wrk met errors, so that its figures mean nothing: " + printed);
        }
        return new Wrk(
                Long.parseLong(find(REQUESTS, printed)),
                Double.parseDouble(find(PER_SECOND, printed)),
                find(MEDIAN, printed),
                find(WORST, printed));
    }

    private static String find(Pattern what, String printed) throws IOException {
        Matcher matcher = what.matcher(printed);
        if (!matcher.find()) {
            throw new IOException("wrk's output lacks '" + what + "': " + printed);
        }
        return matcher.group(1);
    }
}
