package greenlet.hub.internal.jdk;

import greenlet.hub.poll.Epoll;
import greenlet.hub.poll.EpollPoller;
import greenlet.hub.poll.HubPoller;
import greenlet.hub.poll.ParkingPoller;
import greenlet.hub.time.SystemClock;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Settles, once in the life of the JVM, how green threads wait for sockets: in their hub's own epoll where that can be installed
 * ({@link PollerInstaller}), else through the JDK's pollers, which wake the hub through its scheduler.
 *
 * <p>Either way the JDK's process-wide pollers are kept off every hub. The JDK makes them, virtual threads, in a static
 * initialiser, and they inherit the scheduler of whoever first blocks on a socket. If that were a hub's green thread, stopping
 * the hub would hang socket I/O in the whole JVM. So that initialiser is run here first, on a platform thread.
 *
 * <p>Safe for use from any thread.
 */
public final class JdkPollers {
    /** Set to {@code jdk}, this leaves the JDK's pollers to all green threads. */
    public static final String PROPERTY = "greenlet.poller";

    /** How it was settled. */
    private record Settled(@Nullable String fallback, EpollPoller.@Nullable Heir heir) {}

    private static volatile @Nullable Settled settled;

    /** Keeps descriptors for when there are none left. Guarded by the class. */
    private static @Nullable Epoll spare;

    private JdkPollers() {}

    /**
     * Settles it if that has not been done; says once, in the log, if the JDK's pollers have to do. Blocks for some milliseconds.
     *
     * @return why the JDK's pollers have to do, with the remedy; null if each hub has its own epoll
     */
    public static @Nullable String settle() {
        Settled known = settled;
        return (known == null ? settleOnce() : known).fallback();
    }

    /**
     * Makes the poller of a new hub, after {@link #settle}.
     *
     * @return its own epoll, or else one that leaves sockets to the JDK
     */
    public static HubPoller newPoller() {
        Settled known = settled;
        EpollPoller.Heir heir = known == null ? null : known.heir();
        if (heir == null) {
            return new ParkingPoller();
        }
        try {
            return new EpollPoller(new JdkEpoll(), heir, new SystemClock());
        } catch (IOException e) { // no descriptor is left for it, and the JDK's pollers need none
            warn(e);
            return new ParkingPoller();
        }
    }

    /**
     * Says so, with the spare descriptors freed for the logging: if that opens its configuration or the time zones for the first time without one, nothing is said, and
     * they may stay broken.
     */
    private static synchronized void warn(IOException failure) {
        Epoll freed = spare;
        if (freed != null) {
            freed.close();
        }
        logger().log(
                        Level.WARNING,
                        "A hub uses the JDK's pollers, which costs more CPU a request: it could not open an epoll"
                                + " of its own (" + failure.getMessage()
                                + "). Raise the limit of open files (ulimit -n).");
        spare = openSpare();
    }

    private static @Nullable Epoll openSpare() {
        try {
            return new JdkEpoll();
        } catch (IOException e) {
            return null; // the last ones were taken by somebody who needs them
        }
    }

    /**
     * For statistics: who looks for input.
     *
     * @param poller a hub's poller
     * @return words
     */
    public static String describe(HubPoller poller) {
        if (poller instanceof EpollPoller epoll) {
            EpollPoller.Counts counts = epoll.counts();
            return "the hub's own epoll: " + counts.waits() + " waits, " + counts.controls() + " changes, "
                    + counts.events() + " events";
        }
        Settled known = settled;
        String reason = known == null ? null : known.fallback();
        return "the JDK's pollers: " + (reason == null ? "this hub could not open an epoll of its own" : reason);
    }

    private static synchronized Settled settleOnce() {
        Settled known = settled;
        if (known != null) {
            return known;
        }
        Settled now = onPlatformThread();
        settled = now;
        if (now.heir() != null) {
            spare = openSpare();
        }
        if (now.fallback() != null) {
            logger().log(Level.WARNING, now.fallback());
        }
        return now;
    }

    private static System.Logger logger() {
        return System.getLogger("greenlet.hub");
    }

    /** Virtual threads are made in there; made on a platform thread, they get the JDK's own scheduler. */
    private static Settled onPlatformThread() {
        Initialiser initialiser = new Initialiser(Thread.currentThread());
        Thread platform = new Thread(null, initialiser, "greenlet-poller-init", 0, false);
        platform.setDaemon(true);
        platform.start();
        while (true) {
            Settled result = initialiser.result;
            if (result != null) {
                return result;
            }
            LockSupport.park(initialiser);
        }
    }

    private static final class Initialiser implements Runnable {
        private final Thread waiter;
        volatile @Nullable Settled result;

        Initialiser(Thread waiter) {
            this.waiter = waiter;
        }

        @Override
        public void run() {
            Settled outcome =
                    new Settled("Hubs use the JDK's pollers: settling it failed. Please report this as a bug", null);
            try {
                outcome = "jdk".equals(System.getProperty(PROPERTY)) ? switchedOff() : install();
                Class.forName("sun.nio.ch.Poller", true, null);
            } catch (ReflectiveOperationException | LinkageError e) {
                outcome = new Settled(
                        "Green threads of this JVM cannot wait for sockets: the JDK's pollers failed to start (" + e
                                + "). Run with JDK 25, the version this was built and tested on.",
                        null);
            } finally {
                result = outcome;
                LockSupport.unpark(waiter);
            }
        }

        private static Settled switchedOff() {
            return new Settled(
                    "Hubs use the JDK's pollers because -D" + PROPERTY
                            + "=jdk says so. Remove it to give each hub its own epoll.",
                    null);
        }

        private static Settled install() {
            try {
                return new Settled(null, PollerInstaller.install());
            } catch (PollerInstaller.Impossible e) {
                return new Settled(e.getMessage(), null);
            }
        }
    }
}
