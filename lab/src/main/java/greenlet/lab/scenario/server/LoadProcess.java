package greenlet.lab.scenario.server;

import greenlet.lab.process.Cores;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The load generator's process. Public because its JVM starts it. */
public final class LoadProcess {
    /** Says that the server runs on the same cores. */
    static final String SHARING = "sharing";

    /** Says that a load that is held has begun. */
    static final String HOLDING = "holding";

    /** What it adds to a time at most, beside what the kernel takes to wake it: small against requests of a millisecond. */
    private static final long REST_NANOS = 20_000;

    private LoadProcess() {}

    /**
     * Obeys lines on standard input and ends with it. Each is answered by a line: figures in nanoseconds as {@code name=value} words, or
     * {@code failed} and the reason.
     *
     * <pre>
     * connect PORT keep|close COUNT   open (or close) connections until there are so many, and use each new one once
     * fixed RATE MILLIS               open load: so many requests a second
     * random RATE MILLIS              as many, at times by lot
     * full MILLIS                     closed load: every connection always busy
     * hold                            the same until the next line, whatever it says; answered "holding" as it begins and by figures after it
     * </pre>
     *
     * @param arguments the cores to be pinned to, as in {@code 1-3}; {@code sharing} if they are the server's too; or none
     * @throws IOException if standard input breaks
     * @throws InterruptedException never: nobody interrupts it
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        boolean sharing = arguments.length > 0 && arguments[0].equals(SHARING);
        if (arguments.length > 0 && !sharing) {
            Cores.parse(arguments[0]).pinThisProcess().ifPresent(System.err::println);
        }
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (LoadGenerator generator = sharing ? LoadGenerator.resting(REST_NANOS) : new LoadGenerator()) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(obey(generator, line.split(" ", -1), in));
            }
        }
    }

    private static String obey(LoadGenerator generator, String[] words, BufferedReader in) {
        try {
            return switch (words[0]) {
                case "connect" -> {
                    generator.connect(Integer.parseInt(words[1]), words[2].equals("keep"), Integer.parseInt(words[3]));
                    yield "connected";
                }
                case "fixed" ->
                    generator
                            .fixedRate(Integer.parseInt(words[1]), nanos(words[2]))
                            .toLine();
                case "random" ->
                    generator
                            .randomTimes(Integer.parseInt(words[1]), nanos(words[2]))
                            .toLine();
                case "full" -> generator.full(nanos(words[1])).toLine();
                case "hold" -> {
                    Load held = generator.hold(() -> System.out.println(HOLDING), () -> isThereMore(in));
                    in.readLine();
                    yield held.toLine();
                }
                default -> "failed unknown command '" + words[0] + "': use connect, fixed, random, full or hold";
            };
        } catch (IOException | RuntimeException failed) {
            return "failed " + failed.getMessage();
        }
    }

    private static boolean isThereMore(BufferedReader in) {
        try {
            return in.ready();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static long nanos(String millis) {
        return Duration.ofMillis(Long.parseLong(millis)).toNanos();
    }
}
