package greenlet.bench.load;

import java.util.List;

/** Who serves. */
enum Peer {
    HUB("hub, `Socket`"),
    VIRTUAL("default virtual threads, `Socket`"),
    NIO("hand-written NIO loop"),
    NETTY("Netty 4.1, its own epoll"),
    GO("Go, `net.Conn`"),
    GEVENT("gevent, `socket`"),
    STREAM_SERVER("hub, `StreamServer`"),
    JETTY_HUB("Jetty 12.1 on a hub"),
    JETTY_VIRTUAL("Jetty 12.1, default virtual threads");

    /** Those that answer from a socket with as little as possible between. */
    static final List<Peer> BARE = List.of(HUB, VIRTUAL, NIO, NETTY, GO, GEVENT);

    /** Those that one would run. */
    static final List<Peer> SERVERS = List.of(JETTY_HUB, JETTY_VIRTUAL, STREAM_SERVER);

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
