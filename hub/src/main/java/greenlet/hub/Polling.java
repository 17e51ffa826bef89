package greenlet.hub;

/** How green threads wait for sockets, channels and selectors. Immutable. */
public sealed interface Polling {
    /** In an epoll of the hub's own: no other thread takes part. */
    record OwnEpoll() implements Polling {}

    /**
     * Through the JDK's process-wide pollers, which wake the hub from outside.
     *
     * @param reason why, with the remedy
     */
    record JdkPollers(String reason) implements Polling {}
}
