package greenlet.lab.example;

import java.util.List;

/**
 * The programs that {@code greenlet example} knows: a new one is a line here.
 *
 * <p>Immutable.
 */
public final class Examples {
    private static final List<Example> ALL = List.of(
            new Example("ping-pong", "two greenlets hand a value back and forth", PingPong.class, PingPong::main),
            new Example("generator", "yields out of a recursion, left early", Tree.class, Tree::main),
            new Example("fan-out", "a thousand blocking calls, a shared map, no lock", FanOut.class, FanOut::main),
            new Example("server", "an echo server and its clients in one hub", EchoServer.class, EchoServer::main));

    private Examples() {}

    /** {@return every example} Not a switch point. */
    public static List<Example> all() {
        return ALL;
    }
}
