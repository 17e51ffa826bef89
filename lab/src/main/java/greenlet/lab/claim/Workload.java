package greenlet.lab.claim;

import java.util.List;

/** A kind of program that somebody has to choose a mechanism for, and the questions that decide. Immutable. */
public enum Workload {
    /** Tasks that mostly wait for the network. */
    IO_BOUND("IO-bound"),
    /** Tasks that mostly compute. */
    CPU_BOUND("CPU-bound"),
    /** Tasks that wait beside one that computes. */
    MIXED("mixed"),
    /** As many tasks as were measured. */
    MANY_TASKS("many tasks"),
    /** As few tasks as were measured. */
    FEW_TASKS("few tasks"),
    /** Tasks that change the same data. */
    SHARED_STATE("shared state");

    private final String label;

    Workload(String label) {
        this.label = label;
    }

    /**
     * What people read.
     *
     * @return in lower case
     */
    public String label() {
        return label;
    }

    List<Question> questions() {
        return switch (this) {
            case IO_BOUND -> Judge.questions(Claims.require("io-bound"));
            case CPU_BOUND -> Judge.questions(Claims.require("cpu-bound"));
            case MIXED ->
                List.of(
                        Question.greenletsNeed(Figures.STALL, Role.THREADS, Claims.STALL),
                        Question.greenletsNeed(Figures.STALL, Role.VIRTUAL_THREADS, Claims.STALL));
            case MANY_TASKS, FEW_TASKS ->
                List.of(
                        Question.threadsNeed(Figures.CREATE_TIME, Claims.SPEED),
                        Question.threadsNeed(Figures.REQUESTS_TIME, Claims.SPEED),
                        Question.threadsNeed(Figures.REQUESTS_CPU, Claims.SPEED),
                        Question.threadsNeed(Figures.SERVER_CPU, Claims.SPEED),
                        Question.virtualThreadsNeed(Figures.CREATE_TIME, Claims.SPEED),
                        Question.virtualThreadsNeed(Figures.REQUESTS_TIME, Claims.SPEED),
                        Question.virtualThreadsNeed(Figures.REQUESTS_CPU, Claims.SPEED),
                        Question.virtualThreadsNeed(Figures.SERVER_CPU, Claims.SPEED));
            case SHARED_STATE -> Claims.require("locks").questions();
        };
    }
}
