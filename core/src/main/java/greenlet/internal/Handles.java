package greenlet.internal;

import greenlet.Greenlet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The way between a {@link Greenlet} and its {@link Strand} for the packages of this module. {@code Greenlet} hands in
 * both directions when it is initialised, and nobody can hold either before that.
 */
public final class Handles {
    private static @Nullable Function<Strand, Greenlet> maker;
    private static @Nullable Function<Greenlet, Strand> opener;

    private Handles() {}

    /**
     * Called by {@code Greenlet}'s initialiser, once.
     *
     * @param make creates the handle of a strand
     * @param open returns the strand of a handle
     */
    public static void install(Function<Strand, Greenlet> make, Function<Greenlet, Strand> open) {
        maker = make;
        opener = open;
    }

    /**
     * Returns the handle of a strand, always the same.
     *
     * @param strand the inside
     * @return the outside
     */
    public static Greenlet of(Strand strand) {
        return strand.handle(require(maker));
    }

    /**
     * Returns the strand of a handle.
     *
     * @param greenlet the outside
     * @return the inside
     */
    public static Strand strandOf(Greenlet greenlet) {
        return require(opener).apply(greenlet);
    }

    private static <T> T require(@Nullable T installed) {
        if (installed == null) {
            throw new AssertionError("Greenlet has not been initialised");
        }
        return installed;
    }
}
