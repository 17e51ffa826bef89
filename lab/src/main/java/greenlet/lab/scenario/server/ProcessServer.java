package greenlet.lab.scenario.server;

import greenlet.lab.process.ChildJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A pool of processes forked beforehand that accept on one port. A process serves one connection at a time; as there are fewer processes
 * than connections, each is closed after one request, as by the synchronous workers of pre-forking web servers, and so every request
 * pays for a connection.
 */
public final class ProcessServer implements ServerUnderTest {
    private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-Xmx16m");

    private final List<ChildJvm> children = new ArrayList<>();
    private int port;

    private ProcessServer() {}

    static ProcessServer start(int processes) throws IOException {
        ProcessServer server = new ProcessServer();
        try {
            for (int i = 0; i < processes; i++) {
                ChildJvm child = ChildJvm.start(SMALL, ServerProcess.class, List.of(Integer.toString(server.port)));
                server.children.add(child);
                if (i == 0) {
                    server.port = Integer.parseInt(child.hear());
                }
            }
            for (ChildJvm child : server.children.subList(1, processes)) {
                child.hear();
            }
        } catch (IOException refused) {
            server.close();
            throw refused;
        }
        return server;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public boolean keepsConnections() {
        return false;
    }

    @Override
    public long cpuNanos() throws IOException {
        return sum("cpu");
    }

    @Override
    public ServerMemory memory() throws IOException {
        return ServerMemory.ofProcesses(children.stream().map(ChildJvm::pid).toList(), sum("heap"));
    }

    /** The processes exist for the connections' sake alone: all that they hold counts. */
    @Override
    public ServerMemory baseline() {
        return ServerMemory.NONE;
    }

    @Override
    public void close() {
        children.forEach(ChildJvm::close);
    }

    private long sum(String what) throws IOException {
        long sum = 0;
        for (ChildJvm child : children) {
            child.tell(what);
            sum += Long.parseLong(child.hear());
        }
        return sum;
    }
}
