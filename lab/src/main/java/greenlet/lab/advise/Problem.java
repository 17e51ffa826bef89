package greenlet.lab.advise;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What the work did that it should not.
 *
 * <p>Immutable.
 *
 * @param kind what
 * @param way under which way; {@code null} before any was tried
 * @param concurrency callers at once; 0 if none were there yet
 * @param what a sentence with the place in the code, if it is known
 */
public record Problem(Kind kind, @Nullable Way way, int concurrency, String what) implements Serializable {
    /** The kinds. */
    public enum Kind {
        /** A call, the constructor or {@code open} threw. */
        THROWS,
        /** A call did not end. */
        HANGS,
        /** It ended the JVM. */
        EXITS,
        /** Threads that it started stay. */
        LEAKS_THREADS,
        /** It prints a great deal. */
        FLOODS_OUTPUT,
        /** Its constructor wants parameters. */
        NEEDS_ARGUMENTS,
        /** It needs more memory than there is. */
        OUT_OF_MEMORY,
        /** Its JVM crashed or could not start. */
        CRASHES,
        /** What it computes differs from mechanism to mechanism. */
        RACES
    }

    /**
     * The same, seen under a way. Not a switch point.
     *
     * @param seenUnder the way
     * @param callers callers at once
     * @return the fuller problem
     */
    public Problem under(Way seenUnder, int callers) {
        return new Problem(kind, seenUnder, callers, what);
    }

    /**
     * The same, seen before any way was tried. Not a switch point.
     *
     * @param callers callers at once
     * @return the problem
     */
    public Problem alone(int callers) {
        return new Problem(kind, null, callers, what);
    }
}
