package greenlet.lab.report;

/** Emphasis on a terminal, or none. */
enum Style {
    PLAIN,
    COLOURED;

    private static final String RESET = "\u001b[0m";

    String strong(String text) {
        return in("\u001b[1m", text);
    }

    String heading(String text) {
        return in("\u001b[36m", text);
    }

    String good(String text) {
        return in("\u001b[32m", text);
    }

    String bad(String text) {
        return in("\u001b[31m", text);
    }

    String faint(String text) {
        return in("\u001b[2m", text);
    }

    private String in(String code, String text) {
        return this == PLAIN || text.isEmpty() ? text : code + text + RESET;
    }
}
