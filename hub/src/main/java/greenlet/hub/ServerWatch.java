package greenlet.hub;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Looks after a server's limits of time, in a green thread that is killed when the server has stopped.
 *
 * <p>Confined to its hub's carrier thread.
 */
final class ServerWatch {
    private static final long LONGEST_LOOK_NANOS = 1_000_000_000;
    private static final long SHORTEST_LOOK_NANOS = 1_000_000;
    private static final int LOOKS_PER_LIMIT = 8;

    private static final System.Logger LOGGER = System.getLogger("greenlet.hub");

    private final Hub hub;
    private final ServerOptions options;
    private final Set<Connection> connections;
    private final StreamServer.Counts counts;

    ServerWatch(Hub hub, ServerOptions options, Set<Connection> connections, StreamServer.Counts counts) {
        this.hub = hub;
        this.options = options;
        this.connections = connections;
        this.counts = counts;
    }

    void run() throws InterruptedException {
        long idleNanos = options.idleNanos();
        long limit = options.tls() == null ? idleNanos : Math.min(idleNanos, options.handshakeNanos());
        long pause = Math.clamp(limit / LOOKS_PER_LIMIT, SHORTEST_LOOK_NANOS, LONGEST_LOOK_NANOS);
        while (true) {
            GreenThread.sleep(Duration.ofNanos(pause));
            long now = hub.clock().nanos();
            List<Connection> overdue = new ArrayList<>();
            for (Connection each : connections) {
                if (each.overdue(now, idleNanos) != Connection.Cut.NO) {
                    overdue.add(each);
                }
            }
            for (Connection each : overdue) {
                cutOff(each);
            }
        }
    }

    /** Looks again: cutting off another one may have been a switch. */
    private void cutOff(Connection connection) {
        Connection.Cut why = connection.overdue(hub.clock().nanos(), options.idleNanos());
        if (why == Connection.Cut.NO || connection.cut() != Connection.Cut.NO) {
            return;
        }
        if (why == Connection.Cut.IDLE) {
            counts.idle++;
        }
        try {
            connection.cutOff(why);
        } catch (IOException e) {
            LOGGER.log(
                    System.Logger.Level.DEBUG,
                    "Closing an overdue connection of server {0} failed: {1}",
                    options.name(),
                    e);
        }
    }
}
