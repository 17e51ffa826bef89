package greenlet.bench;

import greenlet.bench.ratio.Ratios;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** {@code java -jar greenlet-benchmarks.jar}: {@code ratios} is ours, everything else is JMH's own command line. */
public final class Main {
    private Main() {}

    /**
     * Runs benchmarks.
     *
     * @param args see {@code docs/performance.md}
     * @throws IOException if JMH cannot read its benchmark list
     */
    public static void main(String[] args) throws IOException {
        List<String> arguments = Arrays.asList(args);
        if (!arguments.isEmpty() && arguments.getFirst().equals("ratios")) {
            int exit = Ratios.run(arguments.subList(1, arguments.size()));
            if (exit != 0) {
                Runtime.getRuntime().exit(exit);
            }
        } else {
            org.openjdk.jmh.Main.main(args);
        }
    }
}
