package greenlet.lab.cli;

import java.io.Console;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What the output goes to.
 *
 * @param interactive whether a person watches it: a terminal, not a pipe or a file
 * @param hasColour whether it may be coloured
 * @param columns how many columns it has
 */
record Terminal(boolean interactive, boolean hasColour, int columns) {
    private static final int PIPE_WIDTH = 100;
    private static final int NARROWEST = 60;
    private static final int WIDEST = 140;

    /** Asked of the system; {@code NO_COLOR} and {@code COLUMNS} are honoured. */
    @SuppressWarnings(
            "SystemConsoleNull") // It is null again since JDK 25 (JDK-8351435), as before 22, when nobody is there.
    static Terminal current() {
        Console console = System.console();
        boolean interactive = console != null && console.isTerminal();
        return of(interactive, System.getenv("NO_COLOR"), System.getenv("TERM"), System.getenv("COLUMNS"));
    }

    static Terminal of(
            boolean interactive, @Nullable String noColour, @Nullable String term, @Nullable String columns) {
        boolean colour = interactive && (noColour == null || noColour.isEmpty()) && !"dumb".equals(term);
        int wide = columns != null && columns.matches("[1-9][0-9]{0,3}")
                ? Integer.parseInt(columns)
                : interactive ? ask() : PIPE_WIDTH;
        return new Terminal(interactive, colour, wide);
    }

    /** How wide text and tables may be. Those for a narrower terminal would be of no use: it wraps them. */
    int width() {
        return Math.clamp(columns, NARROWEST, WIDEST);
    }

    private static int ask() {
        try (org.jline.terminal.Terminal terminal = org.jline.terminal.TerminalBuilder.builder()
                .system(true)
                .dumb(true)
                .build()) {
            return terminal.getWidth() > 0 ? terminal.getWidth() : PIPE_WIDTH;
        } catch (IOException unknown) {
            return PIPE_WIDTH;
        }
    }
}
