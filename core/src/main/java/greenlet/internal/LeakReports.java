package greenlet.internal;

import greenlet.Leak;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells of greenlets that were dropped while suspended, and finds those whose virtual thread has ended. */
public final class LeakReports {
    private static final System.Logger LOGGER = System.getLogger("greenlet");
    private static final Map<Leak.Reason, Long> COUNTS = new ConcurrentHashMap<>();
    private static final Consumer<Leak> TO_LOG = LeakReports::log;

    /** Virtual threads that have suspended a greenlet, until they are collected or found to have ended. */
    private static final Set<Watched> WATCHED = ConcurrentHashMap.newKeySet();

    private static final ReferenceQueue<Thread> COLLECTED = new ReferenceQueue<>();

    private static volatile Consumer<? super Leak> handler = TO_LOG;

    /**
     * What outlives a virtual thread: the greenlets that it had suspended, held until they can be reported. They refer
     * to the tree and so to the thread: hence only names and places are kept.
     */
    private static final class Watched extends WeakReference<Thread> {
        final String threadName;
        final Set<Suspended> suspended = ConcurrentHashMap.newKeySet();

        Watched(Thread thread) {
            super(thread, COLLECTED);
            threadName = thread.getName();
        }

        boolean hasEnded() {
            Thread thread = get();
            return thread == null || !thread.isAlive();
        }
    }

    /** One greenlet of a watched thread; compared by identity. */
    static final class Suspended {
        private final Watched owner;
        private final String name;
        private final @Nullable Throwable created;

        private Suspended(Watched owner, Strand strand) {
            this.owner = owner;
            this.name = strand.name();
            this.created = strand.created();
        }

        void over() {
            owner.suspended.remove(this);
        }
    }

    private LeakReports() {}

    /**
     * Chooses who is told.
     *
     * @param chosen the handler, or null for the default
     */
    public static void setHandler(@Nullable Consumer<? super Leak> chosen) {
        handler = chosen == null ? TO_LOG : chosen;
    }

    static void report(Strand strand, Leak.Reason reason) {
        report(new Leak(strand.name(), strand.home().home().getName(), reason, strand.created()));
    }

    private static void report(Leak leak) {
        try {
            handler.accept(leak);
        } catch (RuntimeException | Error ignored) {
            // A report must not become the failure of the switch that happened to notice the leak.
        }
    }

    private static void log(Leak leak) {
        long count = COUNTS.merge(leak.reason(), 1L, Long::sum);
        if (isPowerOfTen(count)) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    count == 1 ? leak.describe() : leak.describe() + " (" + count + " so far)");
        }
    }

    private static boolean isPowerOfTen(long count) {
        long rest = count;
        while (rest % 10 == 0) {
            rest /= 10;
        }
        return rest == 1;
    }

    /** Starts to watch a virtual thread. */
    static Object watch(Thread thread) {
        Watched watched = new Watched(thread);
        WATCHED.add(watched);
        return watched;
    }

    static Suspended suspended(Object watched, Strand strand) {
        Suspended entry = new Suspended((Watched) watched, strand);
        entry.owner.suspended.add(entry);
        return entry;
    }

    /** Reports the greenlets of virtual threads that have ended. */
    public static void checkEndedThreads() {
        Reference<? extends Thread> collected;
        while ((collected = COLLECTED.poll()) != null) {
            reportEnd((Watched) collected);
        }
        for (Watched watched : WATCHED) {
            if (watched.hasEnded()) {
                reportEnd(watched);
            }
        }
    }

    /** The cheap part of it, for each new tree: only threads that have been collected. */
    static void checkCollectedThreads() {
        Reference<? extends Thread> collected;
        while ((collected = COLLECTED.poll()) != null) {
            reportEnd((Watched) collected);
        }
    }

    private static void reportEnd(Watched watched) {
        if (WATCHED.remove(watched)) {
            List<Suspended> left = List.copyOf(watched.suspended);
            left.forEach(one -> report(new Leak(one.name, watched.threadName, Leak.Reason.THREAD_ENDED, one.created)));
        }
    }
}
