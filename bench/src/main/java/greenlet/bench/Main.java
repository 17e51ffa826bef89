package greenlet.bench;

import greenlet.bench.load.HubHttp;
import greenlet.bench.load.HubSleep;
import greenlet.bench.memory.Memory;
import greenlet.bench.ratio.Ratios;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** {@code java -jar greenlet-benchmarks.jar}: {@code ratios}, {@code memory}, {@code hub-http} and {@code hub-sleep} are ours, everything else is JMH's. */
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
        int exit = switch (args.length == 0 ? "" : args[0]) {
            case "ratios" -> Ratios.run(arguments.subList(1, args.length));
            case "memory" -> Memory.run(arguments.subList(1, args.length));
            case "hub-http" -> HubHttp.run(arguments.subList(1, args.length));
            case "hub-sleep" -> HubSleep.run(arguments.subList(1, args.length));
            default -> {
                org.openjdk.jmh.Main.main(args);
                yield 0;
            }
        };
        if (exit != 0) {
            Runtime.getRuntime().exit(exit);
        }
    }
}
