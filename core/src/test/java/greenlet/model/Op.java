package greenlet.model;

/**
 * One step of a program: what the greenlet does that is current on {@code thread}. Greenlets are numbered: the threads'
 * main ones first, then in the order of their creation; a number beyond the last means the remainder.
 */
sealed interface Op {
    /** The thread whose current greenlet does it. */
    int thread();

    /** Whether that greenlet survives an exception that arrives here; main greenlets always do. */
    default boolean catches() {
        return true;
    }

    /** The expression that makes it, to paste into a test. */
    String code();

    record Create(int thread) implements Op {
        @Override
        public String code() {
            return "new Create(" + thread + ")";
        }
    }

    record Switch(int thread, int target, int value, boolean catches) implements Op {
        @Override
        public String code() {
            return "new Switch(" + thread + ", " + target + ", " + value + ", " + catches + ")";
        }
    }

    record Throw(int thread, int target, boolean exit, boolean catches) implements Op {
        @Override
        public String code() {
            return "new Throw(" + thread + ", " + target + ", " + exit + ", " + catches + ")";
        }
    }

    record Return(int thread, int value) implements Op {
        @Override
        public String code() {
            return "new Return(" + thread + ", " + value + ")";
        }
    }

    record Raise(int thread, boolean exit) implements Op {
        @Override
        public String code() {
            return "new Raise(" + thread + ", " + exit + ")";
        }
    }

    record Reparent(int thread, int child, int parent, boolean catches) implements Op {
        @Override
        public String code() {
            return "new Reparent(" + thread + ", " + child + ", " + parent + ", " + catches + ")";
        }
    }

    record Close(int thread, int target, boolean catches) implements Op {
        @Override
        public String code() {
            return "new Close(" + thread + ", " + target + ", " + catches + ")";
        }
    }
}
