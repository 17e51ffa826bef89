package greenlet.hub.internal.jdk;

import greenlet.hub.poll.EpollPoller;
import java.io.IOException;
import java.io.Serial;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.IntConsumer;

/**
 * Puts {@link PollerGate} in front of each of the JDK's socket pollers, through a provider of our own that is in place when
 * {@code sun.nio.ch.Poller} is initialised. Everything that could fail is tried before that: a poller class whose initialiser
 * fails would stay broken for the whole JVM.
 *
 * <p>This works on the classes by name only: to make a {@code Poller} would initialise it before the provider is in place.
 */
final class PollerInstaller {
    /** It cannot be done; the message says why, what follows from it and the remedy. */
    static final class Impossible extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        Impossible(String why, String remedy) {
            super("Hubs of this JVM use the JDK's pollers, which costs more CPU a request: " + why + ". " + remedy);
        }
    }

    private static final String POLLER = PollerClasses.PACKAGE + ".Poller";
    private static final String PROVIDER = PollerClasses.PACKAGE + ".PollerProvider";

    private PollerInstaller() {}

    /** A lookup with full access to {@code sun.nio.ch}, which initialises nothing. */
    static MethodHandles.Lookup niochLookup() throws ReflectiveOperationException {
        JdkGate.open();
        return MethodHandles.privateLookupIn(Class.forName(PROVIDER, false, null), MethodHandles.lookup());
    }

    /**
     * Installs the gates; once, on a platform thread.
     *
     * @return how a descriptor is handed to the JDK's pollers when a hub ends
     * @throws Impossible if it cannot be done here; nothing has changed then
     */
    static EpollPoller.Heir install() throws Impossible {
        if (!"Linux".equals(System.getProperty("os.name"))) {
            throw new Impossible(
                    "a hub's own poller is written for Linux's epoll, and this is " + System.getProperty("os.name"),
                    "Nothing else is affected; run on Linux where that matters");
        }
        try {
            Class<?> poller = Class.forName(POLLER, false, null);
            if (!VirtualThreads.UNSAFE.shouldBeInitialized(poller)) {
                throw tooLate();
            }
            MethodHandles.Lookup lookup = niochLookup();
            MethodHandle implRegister = findMembers(lookup, poller);
            new JdkEpoll().close();
            replaceProvider(makeProvider(lookup));
            Class.forName(POLLER, true, null);
            if (!isInstalled(lookup, poller)) {
                throw tooLate();
            }
            return (descriptor, waiter) -> watchInJdk(implRegister, waiter, descriptor);
        } catch (ReflectiveOperationException | LinkageError | IOException e) {
            throw new Impossible(
                    "this JDK (" + Runtime.version() + ") lacks what a hub's own epoll needs ("
                            + (e instanceof ExceptionInInitializerError ? e.getCause() : e) + ")",
                    "Run with JDK 25, the version this was built and tested on");
        }
    }

    private static Impossible tooLate() {
        return new Impossible(
                "a virtual thread of this JVM blocked on a socket before the first hub was opened",
                "Call Hubs.install() first in main to give each hub its own epoll");
    }

    private static Object makeProvider(MethodHandles.Lookup lookup) throws ReflectiveOperationException {
        lookup.defineClass(PollerClasses.poller());
        Function<IntConsumer, IntBinaryOperator> read = waiter -> new PollerGate(waiter, EpollPoller.Side.READ);
        Function<IntConsumer, IntBinaryOperator> write = waiter -> new PollerGate(waiter, EpollPoller.Side.WRITE);
        return lookup.defineClass(PollerClasses.provider())
                .getConstructor(Function.class, Function.class)
                .newInstance(read, write);
    }

    /**
     * Looks for all that the generated classes refer to, so that a JDK which lacks any of it is left as it is.
     *
     * @return {@code Poller.implRegister}
     */
    private static MethodHandle findMembers(MethodHandles.Lookup lookup, Class<?> poller)
            throws ReflectiveOperationException {
        Class<?> epollPoller = lookup.findClass(PollerClasses.PACKAGE + ".EPollPoller");
        lookup.findConstructor(epollPoller, MethodType.methodType(void.class, boolean.class, boolean.class));
        lookup.findVirtual(epollPoller, "implDeregister", MethodType.methodType(void.class, int.class, boolean.class));
        lookup.findVirtual(poller, "polled", MethodType.methodType(void.class, int.class));
        Class<?> provider = lookup.findClass(PollerClasses.PACKAGE + ".DefaultPollerProvider");
        for (String maker : List.of("readPoller", "writePoller")) {
            lookup.findVirtual(provider, maker, MethodType.methodType(poller, boolean.class));
        }
        return lookup.findVirtual(poller, "implRegister", MethodType.methodType(void.class, int.class));
    }

    private static void replaceProvider(Object ours) throws ReflectiveOperationException {
        Class<?> type = Class.forName(PROVIDER, true, null);
        Field field = type.getDeclaredField("INSTANCE");
        if (!Modifier.isStatic(field.getModifiers())) {
            throw new NoSuchFieldException(type + " has no static INSTANCE");
        }
        VirtualThreads.UNSAFE.putReferenceVolatile(
                VirtualThreads.UNSAFE.staticFieldBase(field), VirtualThreads.UNSAFE.staticFieldOffset(field), ours);
    }

    /** A virtual thread may have blocked on a socket between the first look and the replacement. */
    private static boolean isInstalled(MethodHandles.Lookup lookup, Class<?> poller)
            throws ReflectiveOperationException {
        for (String which : List.of("readPollers", "writePollers")) {
            try {
                List<?> pollers = (List<?>) lookup.findStatic(poller, which, MethodType.methodType(List.class))
                        .invoke();
                if (!pollers.stream().allMatch(IntConsumer.class::isInstance)) {
                    return false;
                }
            } catch (ReflectiveOperationException | Error e) {
                throw e;
            } catch (Throwable t) {
                throw new ReflectiveOperationException(t);
            }
        }
        return true;
    }

    /** Called when a hub ends, on a thread that is no green thread: its own gate lets the descriptor pass to the JDK. */
    private static void watchInJdk(MethodHandle implRegister, IntConsumer poller, int descriptor) throws IOException {
        try {
            implRegister.invoke(poller, descriptor);
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable t) {
            throw new IllegalStateException("A method of the JDK threw what it does not declare", t);
        }
    }
}
