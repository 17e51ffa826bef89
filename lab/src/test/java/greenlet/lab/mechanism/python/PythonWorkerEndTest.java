package greenlet.lab.mechanism.python;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.mechanism.ForeignMechanism;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** However a worker of Python ends, it says why, and nothing of it stays behind. */
class PythonWorkerEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void lab_gone_endsTheWorkerAndItsForkedProcesses() throws Exception {
        SuitablePython.require();
        Process worker = start("timeshare", 1000, List.of("cores=1"));
        try {
            List<ProcessHandle> children = awaitChildren(worker);

            worker.getOutputStream().close();

            assertThat(worker.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            for (ProcessHandle child : children) {
                child.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        } finally {
            worker.descendants().forEach(ProcessHandle::destroyForcibly);
            worker.destroyForcibly();
        }
    }

    @Test
    void worker_killed_endsItsForkedProcesses() throws Exception {
        SuitablePython.require();
        Process worker = start("timeshare", 1000, List.of("cores=1"));
        List<ProcessHandle> children = awaitChildren(worker);

        worker.destroyForcibly();

        for (ProcessHandle child : children) {
            child.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void worker_askedForWhatItDoesNotKnow_saysThatItFailed() throws Exception {
        SuitablePython.require();
        Process worker = start("knitting", 1, List.of());

        String said = new String(worker.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(worker.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(said)
                .contains("\"failed\"")
                .contains("No module named 'on_knitting'")
                .doesNotContain("\"done\"");
    }

    private static Process start(String scenario, double pace, List<String> parameters) throws IOException {
        TreeMap<String, String> size = new TreeMap<>();
        parameters.forEach(
                parameter -> size.put(parameter.split("=", -1)[0], parameter.split("=", -1)[1]));
        List<String> command =
                PythonMechanism.processes().command(new ForeignMechanism.Work(scenario, size, pace, List.of()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** The hog's round, which lasts for minutes at this pace, has one more process than the rounds without. */
    private static List<ProcessHandle> awaitChildren(Process worker) {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - giveUp < 0) {
            List<ProcessHandle> children = worker.children().toList();
            if (children.size() == 4) {
                return children;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("the worker has forked nothing within " + PATIENCE);
    }
}
