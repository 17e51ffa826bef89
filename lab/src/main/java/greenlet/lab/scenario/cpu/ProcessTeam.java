package greenlet.lab.scenario.cpu;

import greenlet.lab.process.ChildJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Processes forked beforehand; each gets its share of the units. */
final class ProcessTeam implements Team, AutoCloseable {
    private final List<ChildJvm> children = new ArrayList<>();
    private long leastCpuNanos;

    private ProcessTeam() {}

    static ProcessTeam start(int workers, KernelSource kernel, List<String> flags) throws IOException {
        ProcessTeam team = new ProcessTeam();
        try {
            for (int i = 0; i < workers; i++) {
                team.children.add(ChildJvm.start(flags, KernelProcess.class, List.of(kernel.name())));
            }
            for (ChildJvm child : team.children) {
                child.hear();
            }
        } catch (IOException refused) {
            team.close();
            throw refused;
        }
        return team;
    }

    @Override
    public long run(int units) throws IOException {
        long start = System.nanoTime();
        int processes = children.size();
        int first = 0;
        for (int i = 0; i < processes; i++) {
            int share = units / processes + (i < units % processes ? 1 : 0);
            children.get(i).tell(first + " " + share);
            first += share;
        }
        leastCpuNanos = Long.MAX_VALUE;
        for (ChildJvm child : children) {
            leastCpuNanos = Math.min(leastCpuNanos, Long.parseLong(child.hear()));
        }
        return System.nanoTime() - start;
    }

    @Override
    public long leastCpuNanos() {
        return leastCpuNanos;
    }

    @Override
    public void close() {
        children.forEach(ChildJvm::close);
    }
}
