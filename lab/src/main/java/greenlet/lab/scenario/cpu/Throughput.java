package greenlet.lab.scenario.cpu;

import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.Processes;
import greenlet.lab.mechanism.ThreadMechanism;
import greenlet.lab.scenario.Pace;
import greenlet.lab.scenario.Samples;
import java.time.Duration;
import java.util.List;

/**
 * Measures how many items a second a number of workers make of a kernel.
 *
 * @param kernel the kernel
 * @param metric where the figures go
 * @param itemsPerUnit items of one unit
 * @param processFlags flags for the JVMs of a pool of processes
 */
record Throughput(KernelSource kernel, String metric, int itemsPerUnit, List<String> processFlags) {
    static final Duration MEASUREMENT = Duration.ofMillis(180);
    static final int ROUNDS = 3;
    private static final double NANOS_PER_SECOND = 1e9;

    /** What one worker takes. */
    static Duration cost(KernelSource kernel, Mechanism mechanism) {
        // The compilers warm up on a core of their own.
        return mechanism instanceof Processes
                ? kernel.warmUp()
                        .multipliedBy(5)
                        .dividedBy(4)
                        .plus(MEASUREMENT.multipliedBy(ROUNDS))
                        .plusMillis(900)
                : kernel.warmUp()
                        .multipliedBy(5)
                        .dividedBy(6)
                        .plus(MEASUREMENT.multipliedBy(ROUNDS))
                        .plusMillis(540);
    }

    void measure(Mechanism mechanism, int workers, Samples samples) throws Exception {
        if (mechanism instanceof ThreadMechanism threads) {
            try (ThreadMechanism.Running running = threads.open()) {
                measure(new ThreadTeam(running.threads(), workers, kernel.open()), workers, samples);
            }
        } else {
            try (ProcessTeam team = ProcessTeam.start(workers, kernel, processFlags)) {
                measure(team, workers, samples);
            }
        }
    }

    /** The warm-up's last round tells how many units fill a measurement. */
    private void measure(Team team, int workers, Samples samples) throws Exception {
        long measurement = Pace.of(MEASUREMENT).toNanos();
        int units = workers;
        long took = team.run(units);
        long start = team.leastCpuNanos();
        while (team.leastCpuNanos() - start < Pace.of(kernel.warmUp()).toNanos()) {
            units = fill(units, took, measurement / 2, workers);
            took = team.run(units);
        }
        units = fill(units, took, measurement, workers);
        for (int i = 0; i < ROUNDS; i++) {
            samples.add(metric, units * itemsPerUnit * NANOS_PER_SECOND / team.run(units));
        }
    }

    /** A multiple of the workers, so that none is idle at the end while another has a whole unit left. */
    static int fill(int units, long tookNanos, long wantedNanos, int workers) {
        long each = Math.round((double) units / workers * wantedNanos / tookNanos);
        return Math.clamp(each, 1, 100_000) * workers;
    }
}
