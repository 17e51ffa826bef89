package greenlet.lab.mechanism;

/**
 * Threads of the operating system, as {@code Thread.ofPlatform()} gives them, with the default stack size.
 *
 * <p>Immutable.
 */
public final class PlatformThreads implements ThreadMechanism {
    @Override
    public String name() {
        return "platform-threads";
    }

    @Override
    public String about() {
        return "Thread.ofPlatform(), default stack size";
    }

    @Override
    public Running open() {
        // Daemons, so that a scenario that fails half-way does not keep its worker alive.
        return () -> Thread.ofPlatform().daemon().factory();
    }
}
