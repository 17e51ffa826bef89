package greenlet.lab.cli;

import java.time.Duration;

/** The text of the progress bar. */
final class BarLine {
    private static final int BAR = 24;
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    private BarLine() {}

    static String render(double done, Duration left, String what, int width) {
        int eighths = (int) Math.round(Math.clamp(done, 0, 1) * BAR * 8);
        String full = "█".repeat(eighths / 8);
        String part = eighths / 8 == BAR ? "" : EIGHTHS.substring(eighths % 8, eighths % 8 + 1);
        String rest = " ".repeat(Math.max(0, BAR - eighths / 8 - 1));
        String line = full + part + rest + "▏ " + Wording.minutes(left) + " left  " + what;
        return line.length() <= width ? line : line.substring(0, Math.max(0, width - 1)) + "…";
    }
}
