package greenlet.lab.measure;

import java.util.regex.Pattern;

/**
 * Text of others, such as what a worker said last, in a form that is only text wherever it is shown: a terminal obeys control characters.
 *
 * <p>Immutable.
 */
public final class PlainText {
    /** Control characters, and those that turn the direction of reading. */
    private static final Pattern OBEYED =
            Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]+");

    private PlainText() {}

    /**
     * The text without characters that a terminal obeys. Not a switch point.
     *
     * @param text any text
     * @return the same with a blank for each run of them
     */
    public static String of(String text) {
        return OBEYED.matcher(text).replaceAll(" ");
    }
}
