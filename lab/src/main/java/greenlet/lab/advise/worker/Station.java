package greenlet.lab.advise.worker;

import greenlet.lab.advise.Way;
import greenlet.lab.fork.Stop;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Where one way is measured: one worker, or for {@link Way#PROCESSES} one for each caller.
 *
 * <p>Confined to the thread that made it.
 */
public final class Station implements AutoCloseable {
    private final Way way;
    private final int cores;
    private final Setting setting;
    private final Stop stop;
    private final List<WorkerLink> links = new ArrayList<>();
    private Order.@Nullable WarmUp warmUp;

    /**
     * Nothing is started yet. Not a switch point.
     *
     * @param way the way
     * @param cores how many hubs make a hub per core
     * @param setting the work
     * @param stop who may end it before
     */
    public Station(Way way, int cores, Setting setting, Stop stop) {
        this.way = way;
        this.cores = cores;
        this.setting = setting;
        this.stop = stop;
    }

    /**
     * Has an order carried out; starts what workers it needs beforehand. Blocks until there is an answer.
     *
     * @param order the order
     * @return the answer
     * @throws InterruptedException if this thread is interrupted
     */
    public Answer ask(Order order) throws InterruptedException {
        boolean each = way == Way.PROCESSES;
        int wanted = each ? callers(order) : 1;
        while (links.size() < wanted) {
            Answer.Broken refused = add();
            if (refused != null) {
                return refused;
            }
        }
        if (order instanceof Order.WarmUp first) {
            warmUp = first;
        }
        List<WorkerLink> asked = links.subList(0, wanted);
        Order part = each ? part(order, wanted) : order;
        asked.forEach(link -> link.send(part));
        List<Answer> answers = new ArrayList<>();
        for (WorkerLink link : asked) {
            answers.add(link.await(part.expectedNanos()));
        }
        return merged(answers);
    }

    private Answer.@Nullable Broken add() throws InterruptedException {
        WorkerLink link = WorkerLink.start(way, cores, setting, stop);
        links.add(link);
        Answer answer = link.awaitReady();
        Order.WarmUp missed = warmUp;
        if (answer instanceof Answer.Ready && missed != null) {
            link.send(part(missed, 1));
            answer = link.await(missed.expectedNanos());
        }
        return answer instanceof Answer.Broken broken ? broken : null;
    }

    private static int callers(Order order) {
        return switch (order) {
            case Order.Sequence sequence -> sequence.concurrency();
            case Order.WarmUp warmUp -> warmUp.concurrency();
            case Order.Level level -> level.concurrency();
        };
    }

    private static Order part(Order order, int among) {
        return switch (order) {
            case Order.Sequence sequence ->
                new Order.Sequence(1, Math.max(1, sequence.calls() / among), sequence.atMostNanos());
            case Order.WarmUp warmUp -> new Order.WarmUp(1, warmUp.windowNanos(), warmUp.atMostNanos());
            case Order.Level level ->
                new Order.Level(1, level.perSecond() / among, level.rampNanos(), level.windowNanos());
        };
    }

    /** The first that is no figure counts for all; figures are added up. */
    private static Answer merged(List<Answer> answers) {
        Answer sum = answers.getFirst();
        for (Answer answer : answers.subList(1, answers.size())) {
            if (sum instanceof Answer.Measured one && answer instanceof Answer.Measured other) {
                sum = sum(one, other);
            } else if (sum instanceof Answer.Warm(long base, var problems)
                    && answer instanceof Answer.Warm(long more, var _)) {
                sum = new Answer.Warm(base + more, problems);
            } else if (!(answer instanceof Answer.Measured) && sum instanceof Answer.Measured) {
                sum = answer;
            }
        }
        return sum;
    }

    private static Answer.Measured sum(Answer.Measured one, Answer.Measured other) {
        Histogram latencies = one.latencies().copy();
        latencies.add(other.latencies());
        Histogram stalls = one.stalls().copy();
        stalls.add(other.stalls());
        return new Answer.Measured(
                one.concurrency() + other.concurrency(),
                one.calls() + other.calls(),
                one.due() + other.due(),
                one.failures() + other.failures(),
                Math.max(one.windowNanos(), other.windowNanos()),
                latencies,
                one.cpuNanos() + other.cpuNanos(),
                -1,
                0,
                one.memoryBytes() + other.memoryBytes(),
                one.handOffs() + other.handOffs(),
                stalls,
                one.stalledIn(),
                one.refused() == null ? other.refused() : one.refused(),
                one.problems().isEmpty() ? other.problems() : one.problems());
    }

    /** Ends the workers; the next order starts others. */
    public void startAnew() {
        close();
        links.clear();
        warmUp = null;
    }

    /** Ends the workers. */
    @Override
    public void close() {
        links.forEach(WorkerLink::close);
    }
}
