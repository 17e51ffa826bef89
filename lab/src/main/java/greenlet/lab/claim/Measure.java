package greenlet.lab.claim;

/** The figure that settles a question, taken from the runs of a report. Immutable. */
public sealed interface Measure {
    /**
     * The column that it is taken from.
     *
     * @return the figure
     */
    Figure figure();

    /**
     * One role's figure divided by another's, at each size that both have. An interval that reaches between the margins is a tie.
     *
     * @param figure the column
     * @param over whose figure is divided
     * @param under by whose figure
     */
    record Ratio(Figure figure, Role over, Role under) implements Measure {}

    /**
     * One role's figure at the greatest value of a parameter divided by that at its smallest.
     *
     * @param figure the column
     * @param role whose figure
     * @param parameter a number; every other parameter must agree
     */
    record Growth(Figure figure, Role role, String parameter) implements Measure {}

    /**
     * One role's figure itself, at each size.
     *
     * @param figure the column
     * @param role whose figure
     */
    record Level(Figure figure, Role role) implements Measure {}
}
