package greenlet.lab.advise;

/**
 * One figure that the answer rests on.
 *
 * <p>Immutable.
 *
 * @param name what it is of
 * @param text the choice's and its rivals', with units; where none fits, what each needs of it at its least load
 * @param decides whether the answer would be another without it
 */
public record Figure(String name, String text, boolean decides) {}
