package greenlet.lab.advise.worker;

import greenlet.lab.advise.Problem;
import greenlet.lab.advise.Way;
import greenlet.lab.fork.Stop;
import greenlet.lab.process.ProcessTree;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The command's side of one worker. Every order is answered: what a worker that is gone can no longer say is found out from how it ended.
 *
 * <p>Confined to the thread that made it.
 */
public final class WorkerLink implements AutoCloseable {
    private static final int POLL_MILLIS = 50;
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** A worker ends an order of its own accord before that. */
    private static final long SLACK_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final long MOMENT_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private static final int SIGNAL_BASE = 128;

    private final Way way;
    private final Stop stop;
    private final Setting setting;
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private @Nullable Process process;
    private @Nullable Tail tail;
    private @Nullable Socket socket;
    private @Nullable ObjectOutputStream out;

    private WorkerLink(Way way, Setting setting, Stop stop) {
        this.way = way;
        this.setting = setting;
        this.stop = stop;
    }

    /**
     * Starts a worker. Blocks for a moment; {@link #awaitReady} waits for the work.
     *
     * @param way what it runs callers on
     * @param cores how many hubs make a hub per core
     * @param setting the work
     * @param stop who may end it before
     * @return the link; it answers even if the worker could not be started
     */
    public static WorkerLink start(Way way, int cores, Setting setting, Stop stop) {
        WorkerLink link = new WorkerLink(way, setting, stop);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process started = new ProcessBuilder(Launch.command(server.getLocalPort(), way, cores, setting))
                    .redirectErrorStream(true)
                    .redirectInput(
                            new File(System.getProperty("os.name", "").startsWith("Windows") ? "NUL" : "/dev/null"))
                    .start();
            link.process = started;
            link.tail = new Tail(started.getInputStream());
            link.connect(server, started);
        } catch (IOException refused) {
            link.answers.add(new Answer.Broken(new Problem(
                    Problem.Kind.CRASHES, way, 0, "its JVM could not be started: " + refused.getMessage())));
        }
        return link;
    }

    private void connect(ServerSocket server, Process started) throws IOException {
        server.setSoTimeout(POLL_MILLIS);
        long deadline = System.nanoTime() + START_NANOS;
        while (started.isAlive() && !stop.isRequested() && System.nanoTime() < deadline) {
            try {
                Socket connected = server.accept();
                connected.setTcpNoDelay(true);
                socket = connected;
                out = new ObjectOutputStream(new BufferedOutputStream(connected.getOutputStream()));
                out.flush();
                ObjectInputStream in = new ObjectInputStream(new BufferedInputStream(connected.getInputStream()));
                Thread.ofPlatform().daemon().name("advise-answers").start(() -> listen(in));
                return;
            } catch (SocketTimeoutException notYet) {
                // Looks again whether there is still somebody to wait for.
            }
        }
    }

    private void listen(ObjectInputStream in) {
        try (in) {
            while (true) {
                answers.add((Answer) in.readObject());
            }
        } catch (IOException | ClassNotFoundException ended) {
            // The process has ended, or will be: whoever waits for an answer sees it.
        }
    }

    /**
     * Waits until the work is loaded.
     *
     * @return that it is, or why not
     * @throws InterruptedException if this thread is interrupted
     */
    public Answer awaitReady() throws InterruptedException {
        return await(setting.callLimitNanos());
    }

    /**
     * Sends an order; {@link #await} gets the answer.
     *
     * @param order what to do
     */
    public void send(Order order) {
        ObjectOutputStream to = out;
        if (to == null) {
            return;
        }
        try {
            to.writeObject(order);
            to.flush();
        } catch (IOException gone) {
            // Its end says why: await finds out.
        }
    }

    /**
     * Waits for the answer to an order.
     *
     * @param expectedNanos how long it takes if all goes well
     * @return the answer
     * @throws InterruptedException if this thread is interrupted
     */
    public Answer await(long expectedNanos) throws InterruptedException {
        long deadline = System.nanoTime() + expectedNanos + setting.callLimitNanos() + SLACK_NANOS;
        while (System.nanoTime() < deadline) {
            Answer answer = answers.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (stop.isRequested()) {
                return new Answer.Interrupted();
            }
            if (answer != null) {
                return isExit(answer) && isStopSoon() ? new Answer.Interrupted() : answer;
            }
            Process worker = process;
            if (worker == null || (!worker.isAlive() && answers.isEmpty())) {
                return ended(worker);
            }
        }
        return new Answer.Broken(new Problem(Problem.Kind.HANGS, way, 0, "its JVM does not answer any more"));
    }

    private static boolean isExit(Answer answer) {
        return answer instanceof Answer.Broken(Problem problem) && problem.kind() == Problem.Kind.EXITS;
    }

    /** Ctrl-C reaches a worker too, and may do so before it reaches us. */
    private boolean isStopSoon() throws InterruptedException {
        long deadline = System.nanoTime() + MOMENT_NANOS;
        while (!stop.isRequested() && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        return stop.isRequested();
    }

    private Answer ended(@Nullable Process worker) throws InterruptedException {
        // The last answer may still be on its way from the socket to the queue.
        Answer late = answers.poll(MOMENT_NANOS, TimeUnit.NANOSECONDS);
        if (late != null) {
            return isExit(late) && isStopSoon() ? new Answer.Interrupted() : late;
        }
        if (isStopSoon()) {
            return new Answer.Interrupted();
        }
        if (worker == null) {
            return new Answer.Broken(new Problem(Problem.Kind.CRASHES, way, 0, "its JVM is not there"));
        }
        Tail last = tail;
        return new Answer.Broken(cause(worker.exitValue(), last == null ? "" : last.text()));
    }

    private Problem cause(int exit, String said) {
        String memory = said.lines()
                .filter(line -> line.contains("OutOfMemoryError"))
                .findFirst()
                .orElse("");
        if (!memory.isEmpty()) {
            return new Problem(
                    Problem.Kind.OUT_OF_MEMORY,
                    way,
                    0,
                    "it ran out of its heap of " + (setting.heapBytes() >> 20) + " MiB (" + memory.strip() + ")");
        }
        String last = said.lines().filter(line -> !line.isBlank()).reduce("", (_, line) -> line);
        String words = last.isEmpty() ? "" : ", after '" + last.strip() + "'";
        return exit > SIGNAL_BASE
                ? new Problem(Problem.Kind.CRASHES, way, 0, "its JVM ended by signal " + (exit - SIGNAL_BASE) + words)
                : new Problem(
                        Problem.Kind.EXITS,
                        way,
                        0,
                        "its JVM ended with code " + exit + words + ". Let the task return or throw instead");
    }

    /** Ends the worker and all that it started. */
    @Override
    public void close() {
        Process worker = process;
        if (worker != null) {
            ProcessTree.kill(worker.toHandle());
        }
        Socket connected = socket;
        if (connected != null) {
            try {
                connected.close();
            } catch (IOException broken) {
                // It is of no use either way.
            }
        }
    }
}
