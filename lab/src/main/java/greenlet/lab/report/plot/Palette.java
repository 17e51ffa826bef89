package greenlet.lab.report.plot;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Colour and shape of each mechanism. The colours are those of M. Okabe and K. Ito, <i>Color Universal Design</i>, told apart by people of all
 * kinds of colour vision; the shape says the same once more, and Python's mechanisms are hollow. Immutable.
 */
public final class Palette {
    /**
     * How a mechanism looks.
     *
     * @param light colour on white, as CSS
     * @param dark colour on black, as CSS
     * @param shape of its mark
     * @param hollow whether only its outline is drawn
     */
    public record Look(String light, String dark, Shape shape, boolean hollow) {}

    /** The shape of a mark. */
    public enum Shape {
        /** A disc. */
        CIRCLE,
        /** A square on its side. */
        SQUARE,
        /** A triangle that points up. */
        TRIANGLE,
        /** A square on its corner. */
        DIAMOND
    }

    private static final Look GREENLETS = new Look("#00795a", "#2fd0a2", Shape.CIRCLE, false);
    private static final Look OTHER = new Look("#555555", "#bbbbbb", Shape.SQUARE, true);
    private static final String BLUE = "#0072b2";
    private static final String SKY = "#56b4e9";
    private static final String VERMILION = "#b84f00";
    private static final String ORANGE = "#f0a04b";
    private static final String PURPLE = "#a64d83";
    private static final String PINK = "#e29cc4";
    private static final String BLACK = "#222222";
    private static final String WHITE = "#dddddd";
    private static final Map<String, Look> LOOKS = Map.of(
            "greenlets", GREENLETS,
            "greenlets-per-core", new Look(BLACK, WHITE, Shape.DIAMOND, false),
            "virtual-threads", new Look(BLUE, SKY, Shape.SQUARE, false),
            "platform-threads", new Look(VERMILION, ORANGE, Shape.TRIANGLE, false),
            "processes", new Look(PURPLE, PINK, Shape.DIAMOND, false),
            "python-greenlets", new Look(GREENLETS.light(), GREENLETS.dark(), Shape.CIRCLE, true),
            "gevent", new Look(BLUE, SKY, Shape.SQUARE, true),
            "python-threads", new Look(VERMILION, ORANGE, Shape.TRIANGLE, true),
            "python-processes", new Look(PURPLE, PINK, Shape.DIAMOND, true));

    private Palette() {}

    /**
     * How a mechanism looks.
     *
     * @param mechanism as in a report
     * @return a grey look for one that is unknown
     */
    public static Look look(String mechanism) {
        return LOOKS.getOrDefault(mechanism, OTHER);
    }

    /**
     * The class of a mechanism in style sheets.
     *
     * @param mechanism as in a report
     * @return fit for a class attribute
     */
    public static String css(String mechanism) {
        return "m-" + mechanism.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
    }

    /**
     * The part of a style sheet that gives mechanisms their colours, light and dark.
     *
     * @param mechanisms as in a report
     * @return one variable for each
     */
    public static String styles(Collection<String> mechanisms) {
        return styles(mechanisms, Look::light) + "\n@media screen and (prefers-color-scheme: dark){\n"
                + styles(mechanisms, Look::dark) + "\n}\n";
    }

    private static String styles(Collection<String> mechanisms, Function<Look, String> colour) {
        return mechanisms.stream()
                .map(name -> ".%s{--m:%s}".formatted(css(name), colour.apply(look(name))))
                .collect(Collectors.joining("\n"));
    }
}
