package greenlet.hub;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Servers on several hubs that listen on one address; see {@link StreamServerBuilder#start(HubSet)}.
 *
 * <p>Safe for use from any thread.
 */
public final class ServerSet implements AutoCloseable {
    private final List<StreamServer> servers;

    ServerSet(List<StreamServer> servers) {
        this.servers = List.copyOf(servers);
    }

    /**
     * Where they listen. Not a switch point.
     *
     * @return address and port
     */
    public InetSocketAddress address() {
        return servers.getFirst().address();
    }

    /**
     * The servers. Not a switch point.
     *
     * @return one for each hub, in the order of the hubs
     */
    public List<StreamServer> servers() {
        return servers;
    }

    /**
     * Stops all at once; see {@link StreamServer#stop(Duration)}. A switch point.
     *
     * @param grace how long connections may go on
     * @return what it came to, the sum over all
     * @throws InterruptedException if the caller is interrupted meanwhile; stopping goes on
     * @throws IllegalStateException if the caller is a connection of one of the servers
     */
    public StopReport stop(Duration grace) throws InterruptedException {
        servers.forEach(StreamServer::refuseOwnConnections);
        servers.forEach(StreamServer::stopAccepting);
        List<FutureTask<StopReport>> stops = new ArrayList<>();
        for (StreamServer server : servers) {
            FutureTask<StopReport> stop = new FutureTask<>(() -> server.stop(grace));
            stops.add(stop);
            Thread.ofPlatform().daemon().name("greenlet-stop").start(stop);
        }
        StopReport sum = new StopReport(0, 0, 0);
        for (FutureTask<StopReport> stop : stops) {
            try {
                StopReport one = stop.get();
                sum = new StopReport(
                        sum.finished() + one.finished(), sum.killed() + one.killed(), sum.left() + one.left());
            } catch (ExecutionException e) {
                throw new IllegalStateException("Stopping a server failed: please report this as a bug", e);
            }
        }
        return sum;
    }

    /** Stops all with the grace that they were built with. An interrupt of the caller ends the waiting. A switch point. */
    @Override
    public void close() {
        try {
            stop(servers.getFirst().grace());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "ServerSet" + servers;
    }
}
