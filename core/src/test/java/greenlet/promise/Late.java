package greenlet.promise;

import org.jspecify.annotations.Nullable;

/** A variable that a body may refer to before it is assigned. */
final class Late<T> {
    private @Nullable T value;

    void set(T value) {
        this.value = value;
    }

    T get() {
        T value = this.value;
        if (value == null) {
            throw new AssertionError("not assigned yet");
        }
        return value;
    }
}
