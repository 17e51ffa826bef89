package greenlet.lab.advise;

import greenlet.lab.advise.worker.Answer;
import greenlet.lab.advise.worker.Setting;
import greenlet.lab.advise.worker.Station;
import greenlet.lab.fork.Stop;
import greenlet.lab.measure.Status;
import greenlet.lab.mechanism.Processes;
import greenlet.lab.scenario.cpu.Spin;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures one subject under each way: explores how each behaves under rising load, then measures the decisive loads again, the ways
 * interleaved, so that what drifts on the machine meets all alike.
 *
 * <p>Confined to the thread that made it.
 */
public final class Advising {
    private static final double EXPLORING = 0.65;
    private static final double SENSIBLE_FOR_PROCESSES = 0.5;
    private static final long PROCESS_HEAP_BYTES = 128L << 20;

    private final Subject subject;
    private final Demand demand;
    private final int cores;
    private final Consumer<String> tell;
    private final Stop stop;
    private final long startNanos = System.nanoTime();
    private final Setting setting;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Way, Curve> left = new LinkedHashMap<>();
    private final List<WayRun> runs = new ArrayList<>();
    private final TreeMap<String, Long> expected = new TreeMap<>();
    private long sequenceCalls;
    /** How long a call takes here and now, whatever else runs; 0 before that is known. */
    private double callNanos;

    private @Nullable Profile profile;
    private @Nullable String partial;

    /**
     * Prepares to measure. Computes for some tenths of a second.
     *
     * @param subject what
     * @param demand within which limits
     * @param cores how many may compute at once
     * @param tell who is told what is measured at the moment
     * @param stop who may end it before
     */
    public Advising(Subject subject, Demand demand, int cores, Consumer<String> tell, Stop stop) {
        this.subject = subject;
        this.demand = demand;
        this.cores = cores;
        this.tell = tell;
        this.stop = stop;
        double steps = subject instanceof Subject.Numbers ? Spin.stepsPerMicro() : 1;
        setting = new Setting(subject, demand.heapBytes(), demand.callLimit().toNanos(), steps);
    }

    /**
     * Measures. Blocks until all is measured, the time is up, or it is stopped; nothing of the work runs in this JVM.
     *
     * @return what was found
     * @throws InterruptedException if this thread is interrupted
     */
    public Findings run() throws InterruptedException {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        boolean worthwhile = probe();
        if (worthwhile) {
            List<WayRun> planned = plan();
            for (int i = 0; i < planned.size(); i++) {
                explore(planned.get(i), EXPLORING * (i + 1) / planned.size());
            }
            repeat();
        } else {
            demand.ways().forEach(way -> left.put(way, Curve.without(way, Status.SKIPPED, notTried())));
        }
        return findings(load < 0 ? Double.NaN : load);
    }

    private String notTried() {
        return stop.isRequested() ? "interrupted" : "not tried: the task failed before, with one caller";
    }

    /** One caller, twice: what a call does, and what calls leave behind if nothing can come between. */
    private boolean probe() throws InterruptedException {
        if (subject instanceof Subject.Numbers(Shape shape)) {
            callNanos = shape.waitNanos() + shape.cpuNanos();
            profile = new Profile(callNanos, shape.cpuNanos(), 0, 0, null);
            if (shape.sharedState()) {
                probeSharedMap();
            }
            return true;
        }
        tell.accept("one caller at a time, to see what a call does");
        try (Station station = new Station(Way.PLATFORM_THREADS, cores, setting, stop)) {
            Answer first = station.ask(Pacing.unknown().sequence(1, 0));
            if (!(first instanceof Answer.Sequenced(long calls, SortedMap<String, Long> parts, List<Problem> found))) {
                return onProbeFailed(first);
            }
            problems.addAll(found.stream().map(problem -> problem.alone(1)).toList());
            if (calls == 0 || found.stream().anyMatch(problem -> problem.kind() == Problem.Kind.THROWS)) {
                return false;
            }
            sequenceCalls = calls;
            expected.putAll(parts);
            Answer answer = profile(station);
            if (profile == null) {
                return onProbeFailed(answer);
            }
        }
        return expected.isEmpty() || confirm();
    }

    private void probeSharedMap() {
        sequenceCalls = 1_000;
        expected.put("the sum over the shared map", sequenceCalls);
    }

    private Answer profile(Station station) throws InterruptedException {
        Answer warm = station.ask(Pacing.unknown().warmUp(1));
        if (!(warm instanceof Answer.Warm)) {
            return warm;
        }
        Answer answer = station.ask(Pacing.unknown().level(1, 0));
        if (answer instanceof Answer.Measured slow
                && slow.calls() < 10
                && slow.latencies().getMean() > 0) {
            // Calls so long that too few fitted.
            answer = station.ask(new Pacing(slow.latencies().getMean(), false).level(1, 0));
        }
        if (answer instanceof Answer.Measured measured && measured.calls() > 0) {
            callNanos = measured.latencies().getMean();
            long cpu = measured.workCpuNanos() >= 0 ? measured.workCpuNanos() : measured.cpuNanos();
            profile = profile(callNanos, cpu, measured.callerQueuedNanos(), measured.windowNanos());
        }
        return answer;
    }

    /**
     * The only caller computes, is blocked, or waits for a core that others have, which is nothing that its calls do. If it has several threads compute
     * for it, they do more than there is time for one.
     */
    private static Profile profile(double meanNanos, long cpuNanos, long queuedNanos, long windowNanos) {
        double own = Math.max(Math.clamp(cpuNanos, 1, windowNanos), windowNanos - queuedNanos);
        double wall = meanNanos * Math.min(1, own / windowNanos);
        return new Profile(wall, wall * cpuNanos / own, 0, 0, null);
    }

    private boolean onProbeFailed(Answer answer) {
        if (answer instanceof Answer.Broken(Problem problem)) {
            problems.add(problem.alone(problem.concurrency()));
        } else if (!stop.isRequested()) {
            problems.add(new Problem(
                    Problem.Kind.HANGS, null, 1, "no call ended while it was measured: a call takes too long"));
        }
        return false;
    }

    /** What differs between two sequential runs says nothing about races. */
    private boolean confirm() throws InterruptedException {
        try (Station station = new Station(Way.PLATFORM_THREADS, cores, setting, stop)) {
            Answer again = station.ask(pacing().sequence(1, sequenceCalls));
            if (again instanceof Answer.Sequenced(var _, SortedMap<String, Long> parts, var _)) {
                expected.entrySet().removeIf(part -> !part.getValue().equals(parts.get(part.getKey())));
                return true;
            }
            return onProbeFailed(again);
        }
    }

    private Pacing pacing() {
        return new Pacing(callNanos, subject instanceof Subject.Numbers);
    }

    private List<WayRun> plan() {
        List<WayRun> planned = new ArrayList<>();
        for (Way way : Way.values()) {
            if (!demand.ways().contains(way)) {
                continue;
            }
            Optional<String> not = notApplicable(way);
            if (not.isPresent()) {
                left.put(way, Curve.without(way, Status.NOT_APPLICABLE, not.get()));
            } else {
                WayRun run = new WayRun(way, rise(way), pacing(), connections(), demand.maxConcurrency());
                planned.add(run);
                runs.add(run);
            }
        }
        return planned;
    }

    private int connections() {
        return subject instanceof Subject.Numbers(Shape shape) ? shape.connections() : 0;
    }

    private Rise rise(Way way) {
        if (subject instanceof Subject.Numbers(Shape shape)) {
            return new Rise.Rates(demand, shape, shape.ceiling(cores));
        }
        int most = way == Way.PROCESSES ? Math.min(Processes.POOL_CAP, 2 * cores) : demand.maxConcurrency();
        return new Rise.Callers(demand, Math.min(most, demand.maxConcurrency()));
    }

    private Optional<String> notApplicable(Way way) {
        if (way == Way.GREENLETS_PER_CORE && cores == 1) {
            return Optional.of("there is one core: a hub per core is one hub");
        }
        if (way != Way.PROCESSES) {
            return Optional.empty();
        }
        if (subject instanceof Subject.Numbers(Shape shape)) {
            if (shape.sharedState()) {
                return Optional.of("processes share no state: each request would have to ask for it elsewhere");
            }
            return shape.connections() > Processes.POOL_CAP
                    ? Optional.of("a JVM for each of " + shape.connections() + " connections: at some 40 MiB each they"
                            + " would hold " + Numerals.memory(shape.connections() * 40.0 * (1 << 20)))
                    : Optional.empty();
        }
        Profile known = profile;
        if (known != null && known.blockedShare() > SENSIBLE_FOR_PROCESSES) {
            return Optional.of("the task waits %s of its time: it would take %.0f JVMs to keep one core busy"
                    .formatted(
                            Numerals.percent(known.blockedShare()),
                            Math.ceil(known.wallNanos() / Math.max(1, known.cpuNanos()))));
        }
        List<String> written = Findings.writtenFields(expected.keySet());
        return written.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "processes share no state, and calls write what they share (%s): each JVM would have its own"
                                .formatted(String.join(", ", written)));
    }

    private Setting settingOf(Way way) {
        return way == Way.PROCESSES ? setting.withHeap(Math.min(PROCESS_HEAP_BYTES, setting.heapBytes())) : setting;
    }

    private void explore(WayRun run, double share) throws InterruptedException {
        if (stop.isRequested()) {
            left.put(run.way(), Curve.without(run.way(), Status.SKIPPED, "interrupted"));
            runs.remove(run);
            return;
        }
        tell.accept(run.way().words() + ": rising load");
        try (Station station = new Station(run.way(), cores, settingOf(run.way()), stop)) {
            if (!expected.isEmpty() && run.way() != Way.PROCESSES) {
                run.race(station, sequenceCalls, expected);
            }
            run.explore(station, () -> isUp(share));
        }
        if (run.way() == Way.GREENLETS && !run.points().isEmpty()) {
            onHub(run);
        }
    }

    /** What a call does to its siblings shows when it is the only one. */
    private void onHub(WayRun run) {
        Profile known = profile;
        Point alone = run.points().getFirst();
        if (known != null && subject instanceof Subject.Code) {
            profile = new Profile(
                    known.wallNanos(), known.cpuNanos(), alone.handOffs(), alone.stallNanos(), run.stalledIn());
        }
    }

    private boolean isUp(double share) {
        return System.nanoTime() - startNanos > demand.maxTime().toNanos() * share;
    }

    private void repeat() throws InterruptedException {
        for (int round = 1; round < demand.rounds(); round++) {
            for (int i = 0; i < runs.size(); i++) {
                // Each round starts with another, so that none always follows the same one.
                WayRun run = runs.get((i + round) % runs.size());
                if (!run.hasDecisiveLoad() || stop.isRequested()) {
                    continue;
                }
                if (isUp(1)) {
                    partial = "the time was up before every decisive load was measured " + demand.rounds() + " times";
                    return;
                }
                tell.accept("%s: the decisive load again, %d of %d"
                        .formatted(run.way().words(), round + 1, demand.rounds()));
                try (Station station = new Station(run.way(), cores, settingOf(run.way()), stop)) {
                    run.repeat(station);
                }
            }
        }
    }

    private Findings findings(double load) {
        if (stop.isRequested()) {
            partial = "it was interrupted";
        }
        runs.stream()
                .filter(run -> run.way() == Way.GREENLETS)
                .forEach(hub -> runs.forEach(run -> run.blameParallelism(hub)));
        List<Curve> curves = new ArrayList<>();
        for (Way way : Way.values()) {
            runs.stream().filter(run -> run.way() == way).map(WayRun::curve).forEach(curves::add);
            Curve without = left.get(way);
            if (without != null) {
                curves.add(without);
            }
        }
        runs.forEach(run -> problems.addAll(run.problems()));
        return new Findings(
                subject, demand, cores, profile, List.copyOf(expected.keySet()), curves, problems, partial, load);
    }
}
