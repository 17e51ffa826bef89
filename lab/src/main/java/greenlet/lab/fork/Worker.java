package greenlet.lab.fork;

import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.MechanismInstance;
import greenlet.lab.process.Lifeline;
import greenlet.lab.process.ProcessTree;
import greenlet.lab.scenario.Samples;
import greenlet.lab.scenario.Scenario;
import greenlet.lab.scenario.Size;
import java.io.PrintStream;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A worker: measures one cell once, in a JVM of its own, and prints {@linkplain SampleLine sample lines} on standard output.
 *
 * <p>Confined to the main thread of its JVM.
 */
public final class Worker {
    private Worker() {}

    /**
     * Measures and ends the JVM: code 0 if all was said, also a failure; another code if the JVM could not go on.
     *
     * @param arguments class of the scenario, class of the mechanism, then the size as {@code name=value}
     */
    public static void main(String[] arguments) {
        PrintStream lines = System.out;
        // Whatever a scenario or a library prints must not end up between the samples.
        System.setOut(System.err);
        Lifeline.watch();
        try {
            Scenario scenario = scenario(arguments[0]);
            Mechanism mechanism = MechanismInstance.of(arguments[1]);
            scenario.measure(mechanism, size(arguments), new LineSamples(lines));
            say(lines, new SampleLine.Done());
        } catch (Exception | LinkageError failed) {
            failed.printStackTrace(System.err);
            say(lines, new SampleLine.Failed(reason(failed)));
        }
        ProcessTree.killChildren();
        // Threads that a scenario left behind must not keep this JVM alive; nothing of ours waits for a shutdown hook.
        Runtime.getRuntime().halt(0);
    }

    private static Scenario scenario(String className) throws ReflectiveOperationException {
        return Class.forName(className)
                .asSubclass(Scenario.class)
                .getConstructor()
                .newInstance();
    }

    private static Size size(String[] arguments) {
        SortedMap<String, String> parameters = new TreeMap<>();
        for (int i = 2; i < arguments.length; i++) {
            int equals = arguments[i].indexOf('=');
            parameters.put(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
        }
        return new Size(parameters);
    }

    private static String reason(Throwable failed) {
        String message = failed.getMessage();
        return message == null ? failed.getClass().getSimpleName() : message;
    }

    private static void say(PrintStream lines, SampleLine line) {
        lines.println(line.toJson());
        lines.flush();
    }

    private record LineSamples(PrintStream lines) implements Samples {
        @Override
        public void add(String metric, double value) {
            say(lines, new SampleLine.Sample(metric, value));
        }

        @Override
        public void remark(String metric, String text) {
            say(lines, new SampleLine.Remark(metric, text));
        }
    }
}
