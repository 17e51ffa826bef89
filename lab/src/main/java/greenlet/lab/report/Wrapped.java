package greenlet.lab.report;

/** Text in lines no longer than a terminal is wide. Immutable. */
public final class Wrapped {
    private Wrapped() {}

    /**
     * Breaks words into lines; a word that is wider by itself stands out. Not a switch point.
     *
     * @param head what the first line begins with, as it is; the others are indented as far
     * @param words parted by blanks
     * @param width how many columns fit
     * @return lines, each ended
     */
    public static String lines(String head, String words, int width) {
        StringBuilder text = new StringBuilder();
        StringBuilder line = new StringBuilder(head);
        boolean begun = false;
        for (String word : words.split(" ", -1)) {
            if (begun && line.length() + 1 + word.length() > width) {
                text.append(line).append('\n');
                line = new StringBuilder(" ".repeat(head.length()));
                begun = false;
            }
            line.append(begun ? " " : "").append(word);
            begun = true;
        }
        return text.append(line).append('\n').toString();
    }
}
