package greenlet.hub.internal.jdk;

import greenlet.hub.poll.Epoll;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * epoll and eventfd through the native methods that the JDK's own selectors use ({@code sun.nio.ch.EPoll} and {@code EventFD}).
 *
 * <p>The eventfd is watched edge-triggered, so that a signal need not be read back: one system call instead of two.
 */
final class JdkEpoll implements Epoll {
    /** The most events that one wait reports; more wait for the next. */
    static final int MAX_EVENTS = 512;

    private static final int SHUT = 1 << 30;

    private static final MethodHandle CREATE;
    private static final MethodHandle CONTROL;
    private static final MethodHandle WAIT;
    private static final MethodHandle ALLOCATE;
    private static final MethodHandle FREE;
    private static final MethodHandle EVENT;
    private static final MethodHandle DESCRIPTOR;
    private static final MethodHandle EVENTS;
    private static final MethodHandle CREATE_SIGNAL;
    private static final MethodHandle SIGNAL;
    private static final MethodHandle CLOSE;

    static {
        try {
            MethodHandles.Lookup lookup = PollerInstaller.niochLookup();
            Class<?> epoll = lookup.findClass("sun.nio.ch.EPoll");
            CREATE = lookup.findStatic(epoll, "create", MethodType.methodType(int.class));
            CONTROL = lookup.findStatic(
                    epoll, "ctl", MethodType.methodType(int.class, int.class, int.class, int.class, int.class));
            WAIT = lookup.findStatic(
                    epoll, "wait", MethodType.methodType(int.class, int.class, long.class, int.class, int.class));
            ALLOCATE = lookup.findStatic(epoll, "allocatePollArray", MethodType.methodType(long.class, int.class));
            FREE = lookup.findStatic(epoll, "freePollArray", MethodType.methodType(void.class, long.class));
            EVENT = lookup.findStatic(epoll, "getEvent", MethodType.methodType(long.class, long.class, int.class));
            DESCRIPTOR = lookup.findStatic(epoll, "getDescriptor", MethodType.methodType(int.class, long.class));
            EVENTS = lookup.findStatic(epoll, "getEvents", MethodType.methodType(int.class, long.class));
            Class<?> eventFd = lookup.findClass("sun.nio.ch.EventFD");
            MethodHandles.Lookup inEventFd = MethodHandles.privateLookupIn(eventFd, MethodHandles.lookup());
            CREATE_SIGNAL = inEventFd.findStatic(eventFd, "eventfd0", MethodType.methodType(int.class));
            SIGNAL = inEventFd.findStatic(eventFd, "set0", MethodType.methodType(int.class, int.class));
            Class<?> files = lookup.findClass("sun.nio.ch.UnixFileDispatcherImpl");
            CLOSE = lookup.findStatic(files, "closeIntFD", MethodType.methodType(void.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int epoll;
    private final int signal;
    private final long array;

    /**
     * How many threads are about to signal, plus {@link #SHUT} once this is closed: a late signal must not reach a descriptor
     * that is somebody else's by then.
     */
    private final AtomicInteger signalling = new AtomicInteger();

    /** Where the signal stands among the events of the last wait, or past their end; the carrier's. */
    private int signalAt = MAX_EVENTS;

    JdkEpoll() throws IOException {
        epoll = create(CREATE);
        try {
            signal = create(CREATE_SIGNAL);
        } catch (IOException e) {
            closeDescriptor(epoll);
            throw e;
        }
        try {
            array = allocate();
        } catch (Throwable t) { // no memory outside the heap
            closeDescriptor(epoll);
            closeDescriptor(signal);
            throw t;
        }
        int error = control(ADD, signal, READABLE | EDGE);
        if (error != 0) {
            close();
            throw new IOException("epoll_ctl refused an eventfd: error " + error);
        }
    }

    @Override
    public int control(int operation, int descriptor, int events) {
        try {
            return (int) CONTROL.invokeExact(epoll, operation, descriptor, events);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public int await(int millis) throws IOException {
        int reported;
        try {
            reported = (int) WAIT.invokeExact(epoll, array, MAX_EVENTS, millis);
        } catch (IOException e) {
            throw e;
        } catch (Throwable t) {
            throw unexpected(t);
        }
        return withoutSignal(reported);
    }

    @Override
    public int descriptor(int index) {
        try {
            return (int) DESCRIPTOR.invokeExact(eventAddress(index));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public int events(int index) {
        try {
            return (int) EVENTS.invokeExact(eventAddress(index));
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    @Override
    public boolean wasSignalled() {
        return signalAt < MAX_EVENTS;
    }

    @Override
    public void signal() {
        if (signalling.getAndIncrement() < SHUT) {
            try {
                int ignored = (int) SIGNAL.invokeExact(signal);
            } catch (Throwable t) { // EAGAIN after 2^64 signals: it is signalled
            }
        }
        signalling.getAndDecrement();
    }

    @Override
    public void close() {
        signalling.getAndAdd(SHUT);
        while (signalling.get() != SHUT) {
            Thread.onSpinWait();
        }
        closeDescriptor(epoll);
        closeDescriptor(signal);
        try {
            FREE.invokeExact(array);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** Hides the signal from those who go through the events. */
    private int withoutSignal(int reported) {
        signalAt = MAX_EVENTS;
        for (int i = 0; i < reported; i++) {
            if (descriptor(i) == signal) {
                signalAt = i;
                return reported - 1;
            }
        }
        return Math.max(reported, 0); // negative if a Unix signal ended the wait
    }

    private long eventAddress(int index) {
        try {
            return (long) EVENT.invokeExact(array, index < signalAt ? index : index + 1);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    private static int create(MethodHandle creator) throws IOException {
        try {
            return (int) creator.invokeExact();
        } catch (IOException e) {
            throw e;
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    private static long allocate() {
        try {
            return (long) ALLOCATE.invokeExact(MAX_EVENTS);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** Frees the number whatever close(2) says: it never leaves a descriptor open. */
    private static void closeDescriptor(int descriptor) {
        try {
            CLOSE.invokeExact(descriptor);
        } catch (IOException e) {
            // Nothing is written through it, so nothing is lost.
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    private static RuntimeException unexpected(Throwable t) {
        if (t instanceof Error error) {
            throw error;
        }
        return t instanceof RuntimeException runtime
                ? runtime
                : new IllegalStateException("A native method of the JDK threw what it does not declare", t);
    }
}
