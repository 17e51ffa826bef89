package greenlet.lab.scenario;

import greenlet.lab.measure.Budget;
import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.Processes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Time to create, run and end a task. A process per task runs {@code true}, the smallest program there is: a floor for processes.
 *
 * <p>Immutable.
 */
public final class Create implements Scenario {
    private static final Metric TIME = Metric.lower("time", "ns", "to create, run and end a task");
    private static final String SMALLEST_PROGRAM = "true";
    private static final int PROCESS_WARM_UPS = 1;
    private static final int PROCESS_SAMPLES = 3;

    @Override
    public String name() {
        return "create";
    }

    @Override
    public String about() {
        return "create, run and end a task";
    }

    @Override
    public List<Size> sizes(Budget budget) {
        Size hundred = Size.of("tasks", 100);
        return switch (budget) {
            case QUICK -> List.of(hundred);
            case DEFAULT -> List.of(hundred, Size.of("tasks", 1));
            case THOROUGH -> List.of(hundred, Size.of("tasks", 1), Size.of("tasks", 10), Size.of("tasks", 1000));
        };
    }

    @Override
    public List<Metric> metrics(Size size) {
        return List.of(TIME);
    }

    @Override
    public Optional<String> notApplicable(Mechanism mechanism, Size size) {
        if (mechanism instanceof Processes && size.get("tasks") > 100) {
            return Optional.of("a process per task is measured at up to 100 tasks at once");
        }
        return Optional.empty();
    }

    @Override
    public Duration cost(Mechanism mechanism, Size size) {
        Duration perProcess = Duration.ofNanos(1_600_000);
        return mechanism instanceof Processes
                ? perProcess
                        .multipliedBy(processesPerSample(size))
                        .multipliedBy(PROCESS_WARM_UPS + PROCESS_SAMPLES)
                        .plusMillis(300)
                : Jmh.COST;
    }

    @Override
    public int forks(Budget budget, Size size) {
        // A hundred at once is what verdicts rest on; a worker gives three samples.
        return budget == Budget.DEFAULT && size.get("tasks") != 100 ? 1 : budget.forks();
    }

    @Override
    public void measure(Mechanism mechanism, Size size, Samples samples) throws Exception {
        if (mechanism instanceof Processes) {
            measureProcesses(size, samples);
        } else {
            measureThreads(mechanism, size, samples);
        }
    }

    private static void measureThreads(Mechanism mechanism, Size size, Samples samples) throws RunnerException {
        int tasks = size.get("tasks");
        Jmh.run(
                CreateBenchmark.class,
                mechanism,
                size,
                iteration ->
                        samples.add(TIME.name(), iteration.getPrimaryResult().getScore() / tasks));
    }

    private static void measureProcesses(Size size, Samples samples) throws IOException, InterruptedException {
        int atOnce = size.get("tasks");
        int rounds = Math.max(1, processesPerSample(size) / atOnce);
        for (int sample = -PROCESS_WARM_UPS; sample < PROCESS_SAMPLES; sample++) {
            long start = System.nanoTime();
            for (int round = 0; round < rounds; round++) {
                createRunAndEnd(atOnce);
            }
            double each = (System.nanoTime() - start) / (double) (rounds * atOnce);
            if (sample >= 0) {
                samples.add(TIME.name(), each);
            }
        }
    }

    private static void createRunAndEnd(int processes) throws IOException, InterruptedException {
        Process[] started = new Process[processes];
        for (int i = 0; i < processes; i++) {
            started[i] = new ProcessBuilder(SMALLEST_PROGRAM).start();
        }
        for (Process process : started) {
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IOException("'" + SMALLEST_PROGRAM + "' ended with exit code " + exit
                        + " instead of 0. Put the system's own program of that name first on PATH.");
            }
        }
    }

    private static int processesPerSample(Size size) {
        return Math.max(Pace.of(100), size.get("tasks"));
    }
}
