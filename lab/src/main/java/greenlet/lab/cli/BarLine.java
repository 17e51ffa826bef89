package greenlet.lab.cli;

import java.nio.charset.Charset;
import java.time.Duration;

/** The text of the progress bar. */
enum BarLine {
    /** Eighths of a column. */
    BLOCKS("█", " ▏▎▍▌▋▊▉", "▏", "…"),
    /** For a terminal whose character set has no blocks. */
    ASCII("#", " ", "|", "~");

    private static final int BAR = 24;

    private final String full;
    private final String parts;
    private final String edge;
    private final String cut;

    BarLine(String full, String parts, String edge, String cut) {
        this.full = full;
        this.parts = parts;
        this.edge = edge;
        this.cut = cut;
    }

    static BarLine in(Charset charset) {
        return charset.canEncode()
                        && charset.newEncoder().canEncode(BLOCKS.full + BLOCKS.parts + BLOCKS.edge + BLOCKS.cut)
                ? BLOCKS
                : ASCII;
    }

    /** Never longer than that width; a column for each of its characters. */
    String render(double done, Duration left, String what, int width) {
        int units = (int) (Math.clamp(done, 0, 1) * BAR * parts.length());
        int whole = units / parts.length();
        int part = units % parts.length();
        String rest = whole == BAR ? "" : parts.charAt(part) + " ".repeat(BAR - whole - 1);
        String line = full.repeat(whole) + rest + edge + " " + Wording.minutes(left) + " left  " + what;
        return line.length() <= width ? line : line.substring(0, Math.max(0, width - 1)) + cut;
    }
}
