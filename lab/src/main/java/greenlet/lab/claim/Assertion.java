package greenlet.lab.claim;

import java.util.regex.Pattern;

/** Tells a sentence that asserts something from one that asks, or that only says what the post will do. Immutable. */
final class Assertion {
    private static final Pattern ANNOUNCEMENT = Pattern.compile(
            "^(?:in this (?:article|post|section)\\b|let us\\b|let's\\b|here (?:we|i)\\b)|\\b(?:we|i)(?:'ll| will|"
                    + " shall)\\b");
    private static final int FEWEST_WORDS = 3;

    private Assertion() {}

    static boolean isIn(String normalised) {
        String bare = normalised.replaceAll("[\"')\\]]+$", "");
        return !bare.endsWith("?")
                && !bare.endsWith(":")
                && bare.split(" ").length >= FEWEST_WORDS
                && !ANNOUNCEMENT.matcher(bare).find();
    }
}
