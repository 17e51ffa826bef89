package greenlet.lab.cli;

import java.util.ArrayList;
import java.util.List;

/** What a person sees of bytes that a terminal gets: carriage return, new line and text that wraps; colours are passed over, all else is refused. */
final class Screen {
    private final int columns;
    private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
    /** Each line as it stood when the cursor went back to its begin. */
    private final List<String> looks = new ArrayList<>();

    private int column;
    private int wraps;

    private Screen(int columns) {
        this.columns = columns;
    }

    static Screen of(int columns, String text) {
        Screen screen = new Screen(columns);
        text.replaceAll("\u001b\\[[0-9;]*m", "").chars().forEach(c -> screen.take((char) c));
        return screen;
    }

    private void take(char c) {
        switch (c) {
            case '\r' -> {
                looks.add(rows.getLast().toString().stripTrailing());
                column = 0;
            }
            case '\n' -> rows.add(new StringBuilder(" ".repeat(column)));
            default -> put(c);
        }
    }

    private void put(char c) {
        if (c < ' ') {
            throw new IllegalArgumentException(
                    "Cannot show the control character " + (int) c + ": teach this class to.");
        }
        if (column == columns) {
            wraps++;
            column = 0;
            rows.add(new StringBuilder());
        }
        StringBuilder row = rows.getLast();
        row.replace(column, Math.min(column + 1, row.length()), String.valueOf(c));
        column++;
    }

    /** What stands there in the end. */
    List<String> rows() {
        return rows.stream().map(row -> row.toString().stripTrailing()).toList();
    }

    List<String> looks() {
        return looks;
    }

    int wraps() {
        return wraps;
    }
}
