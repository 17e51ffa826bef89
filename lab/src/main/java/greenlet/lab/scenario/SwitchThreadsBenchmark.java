package greenlet.lab.scenario;

import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Two threads that wake each other and park: the cheapest hand-over that the JDK has for threads. Public because JMH makes it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class SwitchThreadsBenchmark {
    private static final int OURS = 0;
    private static final int THEIRS = 1;
    private static final int OVER = 2;

    private volatile int turn = OURS;
    private Thread us = Thread.currentThread();
    private Thread partner = Thread.currentThread();

    /** Called by JMH, on the benchmark's thread. */
    @Setup
    public void open() {
        us = Thread.currentThread();
        turn = OURS;
        partner = MechanismExecutor.benchmarkThreads().newThread(this::answer);
        partner.start();
    }

    private void answer() {
        while (true) {
            while (turn == OURS) {
                LockSupport.park(this);
            }
            if (turn == OVER) {
                return;
            }
            turn = OURS;
            LockSupport.unpark(us);
        }
    }

    /** Over and back. */
    @Benchmark
    public void roundTrip() {
        turn = THEIRS;
        LockSupport.unpark(partner);
        while (turn == THEIRS) {
            LockSupport.park(this);
        }
    }

    /** Called by JMH. */
    @TearDown(Level.Iteration)
    public void count() {
        OsCost.onIterationEnd();
    }

    /**
     * Called by JMH.
     *
     * @throws InterruptedException if JMH gives up
     */
    @TearDown
    public void close() throws InterruptedException {
        turn = OVER;
        LockSupport.unpark(partner);
        partner.join();
    }
}
