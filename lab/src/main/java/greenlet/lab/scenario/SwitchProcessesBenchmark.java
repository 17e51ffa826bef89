package greenlet.lab.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** This process and {@code cat} pass a byte through two pipes: the cheapest partner there is. Public because JMH makes it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class SwitchProcessesBenchmark {
    private @Nullable Process partner;
    private OutputStream over = OutputStream.nullOutputStream();
    private InputStream back = InputStream.nullInputStream();

    /**
     * Called by JMH.
     *
     * @throws IOException if there is no {@code cat}
     */
    @Setup
    public void open() throws IOException {
        Process started = new ProcessBuilder("cat").start();
        over = started.getOutputStream();
        back = started.getInputStream();
        partner = started;
    }

    /**
     * Over and back.
     *
     * @return the byte that came back
     * @throws IOException if the partner is gone
     */
    @Benchmark
    public int roundTrip() throws IOException {
        over.write('x');
        over.flush();
        int heard = back.read();
        if (heard != 'x') {
            throw new IOException("'cat' answered " + heard + " instead of the byte it was given: it has ended."
                    + " Put the system's own program of that name first on PATH.");
        }
        return heard;
    }

    /** Called by JMH. */
    @TearDown(Level.Iteration)
    public void count() {
        OsCost.onIterationEnd();
    }

    /**
     * Called by JMH.
     *
     * @throws IOException if the pipe is broken already
     * @throws InterruptedException if JMH gives up
     */
    @TearDown
    public void close() throws IOException, InterruptedException {
        over.close();
        Objects.requireNonNull(partner).waitFor();
    }
}
