package greenlet.lab.mechanism;

/**
 * The JDK's virtual threads on their own scheduler, as {@code Thread.ofVirtual()} gives them.
 *
 * <p>Immutable.
 */
public final class VirtualThreads implements ThreadMechanism {
    @Override
    public String name() {
        return "virtual-threads";
    }

    @Override
    public String about() {
        return "Thread.ofVirtual() on the JDK's scheduler, as many carriers as cores";
    }

    @Override
    public Running open() {
        return () -> Thread.ofVirtual().factory();
    }
}
