package greenlet.lab.claim;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern of words that says the same as a claim. It is a regular expression over the sentence in lower case, in which {@code …} stands for
 * up to 160 characters that do not change the subject: after <i>greenlets</i> they do not speak of threads, and the other way round.
 *
 * <p>A sentence that negates what lies within the match says something else, unless the pattern itself has the negation in it. Immutable.
 */
public final class Phrase {
    private static final Pattern NEGATION =
            Pattern.compile("\\b(?:not|no|never|hardly|neither|nor|nothing|without|cannot)\\b");

    /** "Lightweight threads" is what a greenlet is called, not a change of the subject. */
    private static final String OTHER_THAN_THREADS =
            "(?:(?!(?<!light |lightweight |kind of |green |alternative to |alternative to )\\bthreads?\\b).){0,160}?";

    private static final String OTHER_THAN_GREENLETS = "(?:(?!\\bgreenlets?\\b).){0,160}?";
    private static final String ANYTHING = ".{0,160}?";

    private final String source;
    private final Pattern pattern;
    private final boolean negates;

    private Phrase(String source) {
        this.source = source;
        this.pattern = Pattern.compile("\\b(?:" + source.replace(" … ", gap(source) + "\\b") + ")");
        this.negates = NEGATION.matcher(source.replaceAll("[?:|()]", " ")).find();
    }

    static Phrase of(String source) {
        return new Phrase(source);
    }

    private static String gap(String source) {
        if (source.startsWith("greenlet")) {
            return OTHER_THAN_THREADS;
        }
        return source.startsWith("thread") ? OTHER_THAN_GREENLETS : ANYTHING;
    }

    /**
     * Puts a sentence into the form that {@link #isIn} looks at.
     *
     * @param sentence as it stands in a post
     * @return lower case, plain quotes and dashes, <i>not</i> written out, single blanks
     */
    public static String normalised(String sentence) {
        return sentence.toLowerCase(Locale.ROOT)
                .replace('\u2019', '\'')
                .replaceAll("n't\\b", " not")
                .replaceAll("[\u2010-\u2014]", "-")
                .replaceAll("\\s+", " ");
    }

    /**
     * Whether a sentence says this.
     *
     * @param normalised a sentence, see {@link #normalised}
     * @return true if the words occur, and are not negated
     */
    public boolean isIn(String normalised) {
        Matcher matcher = pattern.matcher(normalised);
        while (matcher.find()) {
            if (negates || !NEGATION.matcher(matcher.group()).find()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return source;
    }
}
