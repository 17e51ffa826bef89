package greenlet.lab.scenario.server;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a phase of load found.
 *
 * @param requests how many were answered
 * @param wallNanos how long the phase took
 * @param p50Nanos median latency, from the time a request was due
 * @param p99Nanos its 99th percentile
 * @param maxNanos the longest
 * @param lagP99Nanos 99th percentile of how long the generator itself held a request back that could have been sent
 * @param busyPercent how much of the time the generator had work to do
 */
public record Load(
        long requests,
        long wallNanos,
        long p50Nanos,
        long p99Nanos,
        long maxNanos,
        long lagP99Nanos,
        long busyPercent) {
    /** Beyond it the generator has no reserve: a faster server would be answered by a slower generator. */
    private static final int BUSY_LIMIT_PERCENT = 90;

    private static final double NANOS_PER_SECOND = 1e9;

    /** {@return requests answered a second} Not a switch point. */
    public double perSecond() {
        return requests * NANOS_PER_SECOND / wallNanos;
    }

    /** Whether this says as much about the generator as about the server. */
    public boolean isGeneratorSaturated() {
        return busyPercent > BUSY_LIMIT_PERCENT || (p99Nanos > 0 && 2 * lagP99Nanos > p99Nanos);
    }

    /** The remark for figures of such a phase. */
    public String saturation() {
        return "generator saturated: it was busy " + busyPercent
                + " % of the time and held 1 % of the requests back by " + lagP99Nanos / 1000
                + " us or more, so the server may be better than this";
    }

    /** One line of {@code name=value} words. */
    String toLine() {
        return "requests=" + requests + " wall=" + wallNanos + " p50=" + p50Nanos + " p99=" + p99Nanos + " max="
                + maxNanos + " lag-p99=" + lagP99Nanos + " busy-percent=" + busyPercent;
    }

    static Load parse(String line) {
        Map<String, Long> words = Arrays.stream(line.split(" ", -1))
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> Long.parseLong(pair[1])));
        return new Load(
                get(words, "requests"),
                get(words, "wall"),
                get(words, "p50"),
                get(words, "p99"),
                get(words, "max"),
                get(words, "lag-p99"),
                get(words, "busy-percent"));
    }

    private static long get(Map<String, Long> words, String name) {
        Long value = words.get(name);
        if (value == null) {
            throw new IllegalArgumentException("Cannot read the load generator's report " + words + ": '" + name
                    + "' is missing. This is a bug in the lab; please report it.");
        }
        return value;
    }
}
