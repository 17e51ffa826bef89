package greenlet.hub;

/**
 * What a {@link StreamServer} does with a connection, in a green thread of its own. When it returns or throws the connection is closed.
 *
 * <p>An {@link java.io.IOException} is the peer's doing and only counted; what else it throws goes to the hub's handler of uncaught exceptions. The
 * server goes on in either case.
 */
@FunctionalInterface
public interface ConnectionHandler {
    /**
     * Serves a connection.
     *
     * @param connection open, after the TLS handshake if there is one
     * @throws Exception if it cannot
     */
    void serve(Connection connection) throws Exception;
}
