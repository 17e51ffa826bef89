package greenlet.lab.scenario.control;

/** One task of the program: a number of steps, each a little work and a note in the trace. */
final class Task {
    private static final int WORK = 2_000;

    private final int number;
    private final int steps;
    private int done;
    private long state;

    Task(int number, int steps) {
        this.number = number;
        this.steps = steps;
        this.state = number;
    }

    int number() {
        return number;
    }

    int steps() {
        return steps;
    }

    boolean hasStepsLeft() {
        return done < steps;
    }

    /** How urgent its next step is, 1 to 10: it changes from step to step. */
    int priority() {
        return 1 + (number * 7 + done * 3) % 10;
    }

    /** Takes some microseconds. */
    void step(Trace trace) {
        trace.note(number);
        for (int i = 0; i < WORK; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
        }
        done++;
    }

    /** What the work came to, so that it had to be done. */
    long state() {
        return state;
    }
}
