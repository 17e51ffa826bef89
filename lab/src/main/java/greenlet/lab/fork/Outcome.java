package greenlet.lab.fork;

import java.util.List;

/**
 * How one worker ended.
 *
 * <p>Immutable.
 */
public sealed interface Outcome {
    /**
     * It measured all it should.
     *
     * @param lines samples and remarks, in order
     */
    record Measured(List<SampleLine> lines) implements Outcome {
        /** Copies the lines. */
        public Measured {
            lines = List.copyOf(lines);
        }
    }

    /**
     * It found that the mechanism cannot do this.
     *
     * @param reason why
     */
    record NotApplicable(String reason) implements Outcome {}

    /**
     * It crashed, hung, ran out of memory or said that it failed.
     *
     * @param reason which
     */
    record Failed(String reason) implements Outcome {}

    /** It was ended because the whole comparison was. */
    record Interrupted() implements Outcome {}
}
