package greenlet.internal;

/** A parcel that is thrown on arrival instead of returned. */
record Thrown(Throwable exception) {
    /** The first failure wins. */
    @SuppressWarnings("ReferenceEquality") // an exception cannot suppress itself
    Thrown with(Throwable later) {
        if (later != exception) {
            exception.addSuppressed(later);
        }
        return this;
    }

    /** Throws the identical object, checked or not, past the compiler. */
    static <X extends Throwable> RuntimeException sneak(Throwable exception) throws X {
        @SuppressWarnings("unchecked") // the cast is the point: X is erased
        X unchecked = (X) exception;
        throw unchecked;
    }
}
