package greenlet.bench.load;

import java.util.List;

/** Who serves. */
enum Peer {
    HUB("hub, `Socket`"),
    VIRTUAL("default virtual threads, `Socket`"),
    NIO("hand-written NIO loop"),
    NETTY("Netty 4.1, its own epoll"),
    GO("Go, `net.Conn`"),
    GEVENT("gevent, `socket`");

    private final String label;

    Peer(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Commands that must be on the path. */
    List<String> tools() {
        return this == GO ? List.of("go") : List.of();
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
