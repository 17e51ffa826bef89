package greenlet.hub;

import org.jspecify.annotations.Nullable;

/**
 * A value that only green threads of one hub may touch, and says so when another thread tries.
 *
 * {@snippet :
 * Confined<Map<String, Session>> sessions = Confined.to(hub, new HashMap<>());
 * sessions.get().put(id, session);   // on the hub: fine; elsewhere: IllegalStateException
 * }
 *
 * <p>It guards the way to the value, not the value: who has taken it out can pass it on.
 *
 * <p>Safe for use from any thread, in that the wrong ones are refused.
 *
 * @param <T> the type of the value
 */
public final class Confined<T extends @Nullable Object> {
    private final Hub hub;
    private T value;

    private Confined(Hub hub, T value) {
        this.hub = hub;
        this.value = value;
    }

    /**
     * Confines a value. Not a switch point.
     *
     * @param hub the hub whose green threads may touch it
     * @param value the value
     * @param <T> the type of the value
     * @return the guard
     */
    public static <T extends @Nullable Object> Confined<T> to(Hub hub, T value) {
        return new Confined<>(hub, value);
    }

    /**
     * The value. Not a switch point.
     *
     * @return the value
     * @throws IllegalStateException if the caller is not a green thread of the hub
     */
    public T get() {
        hub.ensureCurrent();
        return value;
    }

    /**
     * Replaces the value. Not a switch point.
     *
     * @param newValue the new value
     * @throws IllegalStateException if the caller is not a green thread of the hub
     */
    public void set(T newValue) {
        hub.ensureCurrent();
        value = newValue;
    }

    @Override
    public String toString() {
        return "Confined[to " + hub.name() + "]";
    }
}
