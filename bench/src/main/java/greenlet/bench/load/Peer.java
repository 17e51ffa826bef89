package greenlet.bench.load;

import java.util.List;

/** Who serves. */
enum Peer {
    HUB("hub, `Socket`", List.of()),
    VIRTUAL("default virtual threads, `Socket`", List.of()),
    NIO("hand-written NIO loop", List.of()),
    NETTY("Netty 4.1, its own epoll", List.of()),
    GO("Go, `net.Conn`", List.of("go")),
    GEVENT("gevent, `socket`", List.of());

    private final String label;
    private final List<String> tools;

    Peer(String label, List<String> tools) {
        this.label = label;
        this.tools = tools;
    }

    String label() {
        return label;
    }

    /** Commands that must be on the path. */
    List<String> tools() {
        return tools;
    }

    static Peer labelled(String label) {
        for (Peer peer : values()) {
            if (peer.label.equals(label)) {
                return peer;
            }
        }
        throw new IllegalArgumentException("No peer is called '" + label + "'");
    }
}
