package greenlet.lab.scenario;

import greenlet.lab.process.Lifeline;
import java.lang.management.ManagementFactory;

/** A process with one task suspended in it; says how much heap it uses. Public because its JVM starts it. */
public final class SuspendedProcess {
    private SuspendedProcess() {}

    /**
     * Runs until its standard input ends.
     *
     * @param arguments the stack depth
     * @throws InterruptedException never: nobody interrupts it
     */
    public static void main(String[] arguments) throws InterruptedException {
        Lifeline.watch();
        Suspended.Gate gate = new Suspended.Gate(1);
        Thread task = Thread.ofPlatform().start(new Suspended(gate, Integer.parseInt(arguments[0])));
        gate.awaitArrivals();
        System.gc();
        System.out.println(
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        task.join();
    }
}
