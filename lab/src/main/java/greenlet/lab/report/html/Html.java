package greenlet.lab.report.html;

/** HTML out of text. Immutable. */
public final class Html {
    private Html() {}

    /**
     * Text as it may stand in an element or in a quoted attribute.
     *
     * @param text the text
     * @return the text with what HTML takes for its own escaped
     */
    public static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(point -> {
            switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(point);
            }
        });
        return out.toString();
    }

    static String element(String name, String cssClass, String text) {
        return "<%1$s class=\"%2$s\">%3$s</%1$s>".formatted(name, cssClass, escape(text));
    }
}
