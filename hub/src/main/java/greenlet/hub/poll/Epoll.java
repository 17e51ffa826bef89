package greenlet.hub.poll;

import java.io.IOException;

/**
 * The kernel's side of {@link EpollPoller}: one epoll instance with an eventfd in it that ends a wait (epoll(7), eventfd(2)).
 *
 * <p>Confined to its hub's carrier thread, but for {@link #signal}.
 */
public interface Epoll {
    /** Adds a descriptor. */
    int ADD = 1;

    /** Takes a descriptor out. */
    int DELETE = 2;

    /** Changes what a descriptor is watched for. */
    int MODIFY = 3;

    /** The descriptor can be read, or accepts a connection. */
    int READABLE = 0x1;

    /** The descriptor can be written, or is connected. */
    int WRITABLE = 0x4;

    /** The peer has closed its direction (EPOLLRDHUP). */
    int HUNG_UP = 0x2000;

    /** Report what happens to the descriptor, not how it is: once for each time that something arrives, and once when it is added or modified, if it is ready then. */
    int EDGE = 1 << 31;

    /** What {@link #control} answers for a descriptor that was never added or has been closed since: ENOENT. */
    int NOT_THERE = 2;

    /**
     * Changes the set of watched descriptors. A system call.
     *
     * @param operation {@link #ADD}, {@link #MODIFY} or {@link #DELETE}
     * @param descriptor the descriptor
     * @param events what to report
     * @return zero, or the kernel's error number
     */
    int control(int operation, int descriptor, int events);

    /**
     * Waits for events. A system call. May return early for no reason.
     *
     * @param millis how long at most, in milliseconds; 0 not at all, -1 without limit
     * @return how many events there are, the signal not among them
     * @throws IOException if the kernel refuses to wait
     */
    int await(int millis) throws IOException;

    /**
     * The descriptor of an event of the last {@link #await}.
     *
     * @param index from zero
     * @return the descriptor
     */
    int descriptor(int index);

    /**
     * What happened to the {@linkplain #descriptor descriptor}; bits other than {@link #READABLE} and {@link #WRITABLE} are errors
     * and hang-ups.
     *
     * @param index from zero
     * @return the bits
     */
    int events(int index);

    /**
     * Whether {@link #signal} ended the last {@link #await}, or was seen by it; it ends no further one.
     *
     * @return true if so
     */
    boolean wasSignalled();

    /** Ends the current or the coming {@link #await}. A system call. Safe for use from any thread, after {@link #close} too. */
    void signal();

    /** Gives the descriptors back. */
    void close();
}
