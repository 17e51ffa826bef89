package greenlet;

import greenlet.internal.Tree;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A variable of which each greenlet has its own value, as each thread has of a {@link ThreadLocal} (which all greenlets
 * of a thread share). A new greenlet starts with none, whatever its creator has.
 *
 * <p>Confined to the greenlet that reads or writes it: each call concerns the current greenlet. Values go when their
 * greenlet or this variable does.
 *
 * @param <T> the type of its values
 */
public final class GreenletLocal<T> {
    private final Supplier<? extends @Nullable T> initial;

    private GreenletLocal(Supplier<? extends @Nullable T> initial) {
        this.initial = initial;
    }

    /**
     * Makes one that is null in each greenlet until set. Not a switch point.
     *
     * @param <T> the type of its values
     * @return a new variable
     */
    public static <T> GreenletLocal<T> create() {
        return new GreenletLocal<>(() -> null);
    }

    /**
     * Makes one that is computed in each greenlet at the first {@link #get}. Not a switch point.
     *
     * @param <T> the type of its values
     * @param initial computes the first value; runs in the greenlet that asks
     * @return a new variable
     */
    public static <T> GreenletLocal<T> withInitial(Supplier<? extends @Nullable T> initial) {
        return new GreenletLocal<>(Objects.requireNonNull(initial, "initial"));
    }

    /**
     * Returns the current greenlet's value. Not a switch point, unless the initial value's supplier is one.
     *
     * @return the value, or the initial one
     */
    @SuppressWarnings("unchecked") // only set() stores, and it stores a T
    public @Nullable T get() {
        var values = Tree.ofThisThread().current().locals();
        Object value = values.get(this);
        if (value == null && !values.containsKey(this)) {
            value = initial.get();
            values.put(this, value);
        }
        return (T) value;
    }

    /**
     * Sets the current greenlet's value. Not a switch point.
     *
     * @param value the new value; may be null
     */
    public void set(@Nullable T value) {
        Tree.ofThisThread().current().locals().put(this, value);
    }

    /** Forgets the current greenlet's value: the next {@link #get} starts anew. Not a switch point. */
    public void remove() {
        Tree.ofThisThread().current().locals().remove(this);
    }
}
