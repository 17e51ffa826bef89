package greenlet.lab.scenario.timeshare;

import greenlet.lab.process.ChildJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Rounds on a pool of processes: one is the hog, each of the others has one short task. */
final class ProcessRound implements AutoCloseable {
    private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx16m");

    private final List<ChildJvm> children = new ArrayList<>();

    private ProcessRound() {}

    static ProcessRound start(int processes) throws IOException {
        ProcessRound round = new ProcessRound();
        try {
            for (int i = 0; i < processes; i++) {
                round.children.add(ChildJvm.start(SMALL, TimeShareProcess.class, List.of()));
            }
        } catch (IOException refused) {
            round.close();
            throw refused;
        }
        return round;
    }

    Delays run(Timetable timetable) throws IOException, InterruptedException {
        List<ChildJvm> others = children.subList(1, children.size());
        for (ChildJvm child : others) {
            child.tell("short " + timetable.hogNanos() + " 1");
        }
        if (timetable.hasHog()) {
            TimeUnit.NANOSECONDS.sleep(Timetable.LEAD_NANOS);
            children.getFirst().tell("hog " + timetable.hogNanos());
            children.getFirst().hear();
        }
        LongStream.Builder delays = LongStream.builder();
        for (ChildJvm child : others) {
            Delays.parse(child.hear()).forEach(delays::add);
        }
        return Delays.of(delays.build());
    }

    @Override
    public void close() {
        children.forEach(ChildJvm::close);
    }
}
