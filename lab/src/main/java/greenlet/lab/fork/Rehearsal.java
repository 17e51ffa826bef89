package greenlet.lab.fork;

import greenlet.lab.measure.Budget;
import greenlet.lab.mechanism.Greenlets;
import greenlet.lab.mechanism.ThreadMechanism;
import greenlet.lab.mechanism.VirtualThreads;
import greenlet.lab.process.Lifeline;
import greenlet.lab.scenario.Samples;
import greenlet.lab.scenario.Scenario;
import greenlet.lab.scenario.Scenarios;
import java.io.PrintStream;

/**
 * Loads what workers load: goes through every scenario in moments, at a pace that means nothing, and tells no figure. {@link ClassArchive}
 * keeps the classes.
 *
 * <p>Confined to the main thread of its JVM.
 */
public final class Rehearsal {
    private Rehearsal() {}

    /**
     * Goes through all scenarios and ends the JVM.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        PrintStream lines = System.out;
        System.setOut(System.err);
        Lifeline.watch();
        for (Scenario scenario : Scenarios.all()) {
            rehearse(scenario, new Greenlets());
        }
        // The other benchmark of threads; the other mechanisms load nothing else.
        Scenarios.named("switch").ifPresent(scenario -> rehearse(scenario, new VirtualThreads()));
        lines.println(new SampleLine.Done().toJson());
        // Not halt, as workers end: the archive is written on the way out.
        System.exit(0);
    }

    private static void rehearse(Scenario scenario, ThreadMechanism mechanism) {
        try {
            scenario.measure(mechanism, scenario.sizes(Budget.QUICK).getFirst(), new Unheard());
        } catch (Exception | LinkageError failed) {
            // What cannot be rehearsed is loaded by each worker itself, which also tells what is wrong with it.
            System.err.println("not rehearsed: " + scenario.name() + ": " + failed);
        }
    }

    private static final class Unheard implements Samples {
        @Override
        public void add(String metric, double value) {}

        @Override
        public void remark(String metric, String text) {}
    }
}
