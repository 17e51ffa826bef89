package greenlet.lab.cli;

import java.util.ArrayList;
import java.util.List;

/** What stands behind {@code --jvm}, as words: separated by blanks, with a shell's quotes and backslashes. Confined to one call. */
final class JvmOptions {
    private static final char NO_QUOTE = 0;

    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean begun;
    private char quote = NO_QUOTE;

    private JvmOptions() {}

    /** The words; {@code -Dx="a b"}, {@code '-Dx=a b'} and {@code -Dx=a\ b} are one each. */
    static List<String> words(String options) {
        JvmOptions reading = new JvmOptions();
        boolean escaped = false;
        for (int i = 0; i < options.length(); i++) {
            escaped = reading.read(options.charAt(i), escaped);
        }
        if (reading.quote != NO_QUOTE || escaped) {
            throw new Refusal("--jvm cannot be read: "
                    + (escaped
                            ? "nothing follows the \\ at the end of: "
                            : "a " + reading.quote + " is not closed in: ")
                    + options + ". Close it, or write a \\ in front of it if it is meant.");
        }
        reading.endWord();
        return reading.words;
    }

    /** Takes a character; true if it only says that the next one is meant as it is. */
    private boolean read(char at, boolean escaped) {
        if (escaped) {
            word.append(at);
        } else if (quote == NO_QUOTE && Character.isWhitespace(at)) {
            endWord();
        } else {
            begun = true;
            if (at == '\\' && quote != '\'') {
                return true;
            }
            if (at == quote) {
                quote = NO_QUOTE;
            } else if (quote == NO_QUOTE && (at == '"' || at == '\'')) {
                quote = at;
            } else {
                word.append(at);
            }
        }
        return false;
    }

    private void endWord() {
        if (begun) {
            words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
    }
}
