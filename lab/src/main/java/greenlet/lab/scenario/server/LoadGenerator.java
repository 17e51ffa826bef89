package greenlet.lab.scenario.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Loads an HTTP server on loopback from one thread: a selector loop that never sleeps, on a core of its own; or one that rests between its
 * looks, where it shares the cores with the server.
 *
 * <p>At a fixed rate the load is open: each request has a due time that no answer can delay, latency counts from there, and a request for
 * which no connection is free waits with its clock running. So a stall of the server shows in every request that it holds up (the
 * omission of these is what G. Tene calls coordinated omission).
 *
 * <p>Confined to the thread that made it.
 */
final class LoadGenerator implements AutoCloseable {
    /** Answers that are still missing so long after a phase are given up. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** Whoever holds a load for longer is gone. */
    private static final long LONGEST_HOLD_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final double NANOS_PER_SECOND = 1e9;
    private static final long SEED = 20230415;
    private static final int SIGNIFICANT_DIGITS = 3;

    private final Selector selector;
    private final Runnable eachTurn;
    private final long restNanos;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
    private final Histogram latencies = new Histogram(SIGNIFICANT_DIGITS);
    private final Histogram lags = new Histogram(SIGNIFICANT_DIGITS);
    private final List<Connection> connections = new ArrayList<>();
    private final Deque<Connection> free = new ArrayDeque<>();
    private @Nullable IOException failure;
    private long answered;
    private long idleNanos;
    private long phases;

    /** A generator without connections. */
    LoadGenerator() throws IOException {
        this(() -> {}, 0);
    }

    /** @param eachTurn what is done in each turn of the loop besides: a test makes it slow with that */
    LoadGenerator(Runnable eachTurn) throws IOException {
        this(eachTurn, 0);
    }

    private LoadGenerator(Runnable eachTurn, long restNanos) throws IOException {
        selector = Selector.open();
        this.eachTurn = eachTurn;
        this.restNanos = restNanos;
    }

    /** A generator that leaves its core for a moment whenever it has nothing to do: its figures are late by that at most. */
    static LoadGenerator resting(long restNanos) throws IOException {
        return new LoadGenerator(() -> {}, restNanos);
    }

    /** Opens or closes connections until there are so many; each new one is used once. */
    void connect(int port, boolean keepAlive, int count) throws IOException {
        while (connections.size() > count) {
            connections.removeLast().close();
        }
        InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        free.clear();
        free.addAll(connections);
        while (connections.size() < count) {
            Connection connection = new Connection(selector, server, keepAlive);
            connections.add(connection);
            connection.send(System.nanoTime());
            awaitAnswers(System.nanoTime() + GRACE_NANOS);
        }
        selector.selectNow();
    }

    /** Requests at fixed times, equally far apart, whatever becomes of those before. */
    Load fixedRate(int perSecond, long durationNanos) throws IOException {
        long[] times = new long[requests(perSecond, durationNanos)];
        Arrays.setAll(times, number -> (long) (number * (NANOS_PER_SECOND / perSecond)));
        return atTimes(times, durationNanos);
    }

    /**
     * As many requests, at times fixed beforehand by lot: users do not take turns. The times of a phase are those of its number, the same for
     * every server.
     */
    Load randomTimes(int perSecond, long durationNanos) throws IOException {
        SplittableRandom lot = new SplittableRandom(SEED + phases++);
        long[] times = lot.longs(requests(perSecond, durationNanos), 0, durationNanos)
                .sorted()
                .toArray();
        return atTimes(times, durationNanos);
    }

    private static int requests(int perSecond, long durationNanos) {
        return Math.toIntExact(Math.max(1, Math.round(perSecond * (durationNanos / NANOS_PER_SECOND))));
    }

    private Load atTimes(long[] times, long durationNanos) throws IOException {
        reset();
        Deque<Long> due = new ArrayDeque<>();
        long start = System.nanoTime();
        int sent = 0;
        long now = start;
        while (answered < times.length) {
            while (sent + due.size() < times.length && start + times[sent + due.size()] - now <= 0) {
                due.add(start + times[sent + due.size()]);
            }
            boolean worked = !due.isEmpty() && !free.isEmpty();
            while (!due.isEmpty() && !free.isEmpty()) {
                send(due.remove());
                sent++;
            }
            now = turn(now, worked);
            ensureAlive(now, start + durationNanos, times.length);
        }
        return report(start, now);
    }

    /** As many requests as the server answers, one under way on every connection. */
    Load full(long durationNanos) throws IOException {
        long end = System.nanoTime() + durationNanos;
        return busy(end, () -> {}, () -> System.nanoTime() - end < 0);
    }

    /**
     * The same until it is released: what is looked at meanwhile is looked at under load.
     *
     * @param begun told when a request is on its way on every connection
     * @param released asked in each turn
     */
    Load hold(Runnable begun, BooleanSupplier released) throws IOException {
        return busy(System.nanoTime() + LONGEST_HOLD_NANOS, begun, () -> !released.getAsBoolean());
    }

    private Load busy(long end, Runnable begun, BooleanSupplier goesOn) throws IOException {
        reset();
        long start = System.nanoTime();
        long now = start;
        for (boolean first = true; first || goesOn.getAsBoolean(); first = false) {
            boolean worked = !free.isEmpty();
            while (!free.isEmpty()) {
                send(now);
            }
            if (first) {
                begun.run();
            }
            now = turn(now, worked);
            ensureAlive(now, end, answered + connections.size() - free.size());
        }
        Load load = report(start, now);
        awaitAnswers(now + GRACE_NANOS);
        return load;
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            connection.close();
        }
        selector.close();
    }

    private void reset() {
        latencies.reset();
        lags.reset();
        answered = 0;
        idleNanos = 0;
    }

    private void send(long due) throws IOException {
        Connection connection = free.remove();
        lags.recordValue(Math.max(0, connection.lag(due, System.nanoTime())));
        connection.send(due);
    }

    /** One look at all connections; gives the time after it. A turn that found nothing to do was idle. */
    private long turn(long before, boolean worked) throws IOException {
        int ready = selector.selectNow(this::onReady);
        eachTurn.run();
        IOException failed = failure;
        if (failed != null) {
            throw failed;
        }
        boolean idle = ready == 0 && !worked;
        if (idle && restNanos > 0) {
            LockSupport.parkNanos(restNanos);
        }
        long now = System.nanoTime();
        if (idle) {
            idleNanos += now - before;
        }
        return now;
    }

    private void onReady(SelectionKey key) {
        try {
            if (key.attachment() instanceof Connection connection && connection.onReady(key, buffer)) {
                latencies.recordValue(Math.max(0, connection.answeredNanos() - connection.dueNanos()));
                answered++;
                free.add(connection);
            }
        } catch (IOException broken) {
            key.cancel();
            failure = broken;
        }
    }

    private void awaitAnswers(long deadline) throws IOException {
        long now = System.nanoTime();
        while (free.size() < connections.size()) {
            now = turn(now, true);
            ensureAlive(now, deadline - GRACE_NANOS, connections.size());
        }
    }

    private void ensureAlive(long now, long end, long requests) throws IOException {
        if (now - end - GRACE_NANOS > 0) {
            throw new IOException("Cannot finish the load: " + (requests - answered) + " of " + requests
                    + " requests were not answered within " + TimeUnit.NANOSECONDS.toSeconds(GRACE_NANOS)
                    + " s of its end. The server is too slow for this load.");
        }
    }

    private Load report(long start, long now) {
        long wall = now - start;
        return new Load(
                answered,
                wall,
                latencies.getValueAtPercentile(50),
                latencies.getValueAtPercentile(99),
                latencies.getMaxValue(),
                lags.getValueAtPercentile(99),
                100 * (wall - idleNanos) / wall);
    }
}
