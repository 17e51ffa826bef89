package greenlet.bench.memory;

import greenlet.bench.Host;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The command {@code memory}: heap bytes per suspended task, of each {@link Kind}, as a Markdown table. */
public final class Memory {
    private static final int DEFAULT_COUNT = 1_000_000;
    private static final int LEAST_COUNT = 1_000;
    private static final int DEFAULT_ROUNDS = 3;
    private static final double MOST_BYTES = 450;

    private final int rounds;
    private final PrintStream tables;
    private final PrintStream progress;

    Memory(int rounds, PrintStream tables, PrintStream progress) {
        this.rounds = rounds;
        this.tables = tables;
        this.progress = progress;
    }

    /**
     * Runs the command. Not a switch point.
     *
     * @param arguments how many to suspend, or nothing
     * @return the exit code: 0, 1 if a measured process failed, 2 if the arguments are wrong
     */
    public static int run(List<String> arguments) {
        return new Memory(DEFAULT_ROUNDS, System.out, System.err).answer(arguments);
    }

    int answer(List<String> arguments) {
        try {
            int count = arguments.isEmpty() ? DEFAULT_COUNT : Integer.parseInt(arguments.getFirst());
            if (arguments.size() <= 1 && count >= LEAST_COUNT) {
                return measure(count);
            }
        } catch (NumberFormatException _) {
            // said below
        } catch (IOException e) {
            progress.println("Cannot measure memory: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            progress.println("Cannot measure memory: interrupted.");
            return 1;
        }
        progress.println("Cannot measure memory of " + arguments + ": give one whole number of tasks, " + LEAST_COUNT
                + " or more. Use: memory [count]");
        return 2;
    }

    private int measure(int count) throws IOException, InterruptedException {
        tables.println(Host.describe());
        tables.println();
        tables.printf(Locale.ROOT, "### Heap bytes per suspended task, %,d of them after warm-up%n%n", count);
        tables.printf("| median of %d processes | bytes | promised |%n|---|--:|---|%n", rounds);
        for (Kind kind : Kind.values()) {
            List<Double> bytes = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                bytes.add(child(kind, count));
                progress.println(kind.label() + ": " + bytes.getLast() + " bytes");
            }
            Collections.sort(bytes);
            double median = bytes.get(rounds / 2);
            tables.printf(Locale.ROOT, "| %s | %.0f | %s |%n", kind.label(), median, verdict(kind, median));
        }
        return 0;
    }

    private static String verdict(Kind kind, double bytes) {
        if (kind != Kind.GREENLET) {
            return "";
        }
        return String.format(Locale.ROOT, "≤ %.0f: %s", MOST_BYTES, bytes <= MOST_BYTES ? "kept" : "missed");
    }

    private static double child(Kind kind, int count) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens=java.base/java.lang=ALL-UNNAMED",
                        "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED",
                        "-XX:-BackgroundCompilation", // the warm-up ends compiled, however busy the machine
                        "-cp",
                        System.getProperty("java.class.path"),
                        Suspended.class.getName(),
                        kind.name(),
                        String.valueOf(count))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int exit = process.waitFor();
        try {
            if (exit == 0) {
                return Double.parseDouble(output);
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new IOException("the process for '" + kind.label() + "' ended with " + exit + ": " + output
                + ". Try a smaller count, or more memory.");
    }
}
