package greenlet.lab.scenario.server;

import java.io.IOException;

/** A server that listens on loopback and is loaded. */
public sealed interface ServerUnderTest extends AutoCloseable permits ThreadServer, ProcessServer {
    int port();

    /** Whether a connection serves many requests; else each is closed after one. */
    boolean keepsConnections();

    /** CPU time that the server's processes have used. */
    long cpuNanos() throws IOException;

    /** What the server holds now. */
    ServerMemory memory() throws IOException;

    /** What counts as held by no connection: asked when only a few warm-up connections are open. */
    ServerMemory baseline() throws IOException;

    @Override
    void close() throws IOException;
}
