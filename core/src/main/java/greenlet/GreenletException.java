package greenlet;

import java.io.Serial;

/**
 * A greenlet was misused, or cannot do what it was asked to. Thrown at the call, before any state changes: whoever
 * catches it finds every greenlet as it was. What a greenlet's own body throws is never wrapped in one of these.
 *
 * <p>The kinds are closed, so that a {@code switch} over them needs no {@code default}. Immutable but for what
 * {@link Throwable} itself can change.
 */
public abstract sealed class GreenletException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private GreenletException(String message) {
        super(message);
    }

    /** A greenlet of one thread was switched to, thrown into, closed or re-parented from another. */
    public static final class WrongThread extends GreenletException {
        @Serial
        private static final long serialVersionUID = 1L;

        /**
         * Makes one.
         *
         * @param message what was attempted, the actual state and the remedy
         */
        public WrongThread(String message) {
            super(message);
        }
    }

    /** The new parent is the greenlet itself or one of its descendants. */
    public static final class CyclicParent extends GreenletException {
        @Serial
        private static final long serialVersionUID = 1L;

        /**
         * Makes one.
         *
         * @param message what was attempted, the actual state and the remedy
         */
        public CyclicParent(String message) {
            super(message);
        }
    }

    /** A thread's main greenlet was asked for what only others can do: have a parent, be closed. */
    public static final class MainGreenlet extends GreenletException {
        @Serial
        private static final long serialVersionUID = 1L;

        /**
         * Makes one.
         *
         * @param message what was attempted, the actual state and the remedy
         */
        public MainGreenlet(String message) {
            super(message);
        }
    }

    /** The running stack cannot be suspended: it holds a native frame, a class initialiser or a critical section. */
    public static final class Pinned extends GreenletException {
        @Serial
        private static final long serialVersionUID = 1L;

        /**
         * Makes one.
         *
         * @param message what was attempted, the frame in the way and the remedy
         */
        public Pinned(String message) {
            super(message);
        }
    }

    /** Strict mode: the running stack holds a monitor, which a sibling could wait for for ever. */
    public static final class MonitorHeld extends GreenletException {
        @Serial
        private static final long serialVersionUID = 1L;

        /**
         * Makes one.
         *
         * @param message what was attempted, the monitor, where it was entered and the remedy
         */
        public MonitorHeld(String message) {
            super(message);
        }
    }

    /** Strict mode with the agent: the thread owns a lock, which does not keep its other greenlets out. */
    public static final class LockHeld extends GreenletException {
        @Serial
        private static final long serialVersionUID = 1L;

        /**
         * Makes one.
         *
         * @param message what was attempted, the lock and the remedy
         */
        public LockHeld(String message) {
            super(message);
        }
    }

    /** A greenlet that was to be closed caught the exit and switched away. */
    public static final class StillAlive extends GreenletException {
        @Serial
        private static final long serialVersionUID = 1L;

        /**
         * Makes one.
         *
         * @param message what was attempted, the actual state and the remedy
         */
        public StillAlive(String message) {
            super(message);
        }
    }

    /** This JVM does not let greenlets in: the one flag is missing, or the JDK is not one that they work on. */
    public static final class Unavailable extends GreenletException {
        @Serial
        private static final long serialVersionUID = 1L;

        /**
         * Makes one.
         *
         * @param message what is missing and what to add to the command line
         */
        public Unavailable(String message) {
            super(message);
        }
    }
}
