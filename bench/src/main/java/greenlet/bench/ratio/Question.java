package greenlet.bench.ratio;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What one table answers: how the contenders compare with the floor. Immutable.
 *
 * @param name what the command line calls it
 * @param title the table's heading
 * @param floor what the ratios are to
 * @param contenders what is compared with the floor, in the table's order
 */
public record Question(String name, String title, Case floor, List<Contender> contenders) {
    /** Copies the contenders. */
    public Question {
        contenders = List.copyOf(contenders);
    }

    /**
     * What is compared with the floor. Immutable.
     *
     * @param what the benchmark
     * @param most the largest ratio that we promise, if we promise one
     */
    public record Contender(Case what, OptionalDouble most) {}

    /**
     * A question whose contenders are measured only. Not a switch point.
     *
     * @param name what the command line calls it
     * @param title the table's heading
     * @param floor what the ratios are to
     * @return a question without contenders
     */
    public static Question of(String name, String title, Case floor) {
        return new Question(name, title, floor, List.of());
    }

    /**
     * The same question with one more contender. Not a switch point.
     *
     * @param what the benchmark
     * @return the question
     */
    public Question against(Case what) {
        return and(new Contender(what, OptionalDouble.empty()));
    }

    /**
     * The same question with one more contender that we promise something about. Not a switch point.
     *
     * @param what the benchmark
     * @param most the largest ratio that we promise
     * @return the question
     */
    public Question promising(Case what, double most) {
        return and(new Contender(what, OptionalDouble.of(most)));
    }

    private Question and(Contender contender) {
        var more = new java.util.ArrayList<>(contenders);
        more.add(contender);
        return new Question(name, title, floor, more);
    }
}
