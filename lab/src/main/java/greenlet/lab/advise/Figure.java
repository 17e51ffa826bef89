package greenlet.lab.advise;

/**
 * One figure that the answer rests on.
 *
 * <p>Immutable.
 *
 * @param name what it is of
 * @param text the choice's and the best rival's, with units
 * @param decides whether the choice would be another without it
 */
public record Figure(String name, String text, boolean decides) {}
