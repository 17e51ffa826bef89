package greenlet.lab.advise.worker;

import greenlet.lab.advise.Problem;
import greenlet.lab.advise.Shape;
import greenlet.lab.advise.Way;
import greenlet.lab.advise.task.WorkLoader;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The worker's program: loads the work, then carries out one order after another. Public because its JVM starts it.
 *
 * <p>Orders and answers are serialised records over a socket: standard streams belong to the work, and what a serialised record needs at the
 * start of a JVM is a tenth of what a JSON library does.
 */
public final class AdviseWorker {
    private final Socket socket;
    private final ObjectOutputStream out;
    private final ObjectInputStream in;

    private AdviseWorker(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        out = new ObjectOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        out.flush();
        in = new ObjectInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /**
     * Connects, loads the work and works until the connection ends.
     *
     * @param arguments see {@link Launch}
     * @throws IOException if it cannot connect
     */
    public static void main(String[] arguments) throws IOException {
        Launch launch = Launch.parse(arguments);
        AdviseWorker worker = new AdviseWorker(launch.port());
        QuietOutput output = QuietOutput.install();
        Warden warden = new Warden(
                launch.way(), output, launch.callLimitNanos(), problem -> worker.end(new Answer.Broken(problem)));
        Thread hook = Thread.ofPlatform().name("on-exit").unstarted(() -> worker.onExit(warden, launch.way()));
        Runtime.getRuntime().addShutdownHook(hook);
        warden.start();
        worker.work(launch, warden);
    }

    private void work(Launch launch, Warden warden) {
        try {
            warden.expect(0);
            Job job = job(launch);
            warden.done();
            say(new Answer.Ready(job.kind()));
            Bench bench = new Bench(launch.way(), launch.cores(), job, launch.callLimitNanos(), warden);
            while (true) {
                Order order = (Order) in.readObject();
                warden.expect(order.expectedNanos());
                Answer answer = bench.run(order);
                warden.done();
                say(answer);
            }
        } catch (WorkLoader.Unusable unusable) {
            end(new Answer.Broken(unusable.problem()));
        } catch (EOFException | UncheckedIOException over) {
            Runtime.getRuntime().halt(0);
        } catch (IOException | ClassNotFoundException | InterruptedException broken) {
            Runtime.getRuntime().halt(1);
        }
    }

    private static Job job(Launch launch) throws WorkLoader.Unusable {
        Optional<Shape> shape = launch.shape();
        if (shape.isPresent()) {
            return new SyntheticJob(shape.get(), launch.stepsPerMicro(), launch.way());
        }
        return WorkLoader.load(launch.className(), launch.classPath());
    }

    private void onExit(Warden warden, Way way) {
        String who = Stream.concat(
                        Thread.getAllStackTraces().entrySet().stream().map(Map.Entry::getValue),
                        warden.callers().stream().map(Thread::getStackTrace))
                .filter(AdviseWorker::exits)
                .flatMap(stack -> Places.innermost(stack).stream())
                .findFirst()
                .map(place -> "System.exit was called at " + place)
                .orElse("it, or the system, ended the JVM");
        end(new Answer.Broken(new Problem(
                Problem.Kind.EXITS, way, warden.callers().size(), who + ". Let the task return or throw instead")));
    }

    private static boolean exits(StackTraceElement[] stack) {
        return Stream.of(stack)
                .anyMatch(frame -> frame.getClassName().equals("java.lang.Runtime")
                        && frame.getMethodName().equals("exit"));
    }

    private synchronized void say(Answer answer) {
        try {
            out.writeObject(answer);
            out.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException("Cannot answer: the command has ended.", gone);
        }
    }

    /** The last answer of this JVM. */
    private void end(Answer answer) {
        try {
            say(answer);
            socket.shutdownOutput();
        } catch (IOException | UncheckedIOException gone) {
            // Nobody is left to be told.
        }
        Runtime.getRuntime().halt(0);
    }
}
