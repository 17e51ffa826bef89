package greenlet.lab.cli;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * One line of a terminal that is written again and again. It is blanked to its end each time, as the next text may be shorter; its last column stays
 * free, as some terminals wrap when that is written. The cursor rests at its begin, where the terminal's own {@code ^C} does no harm, and the line is empty when the bar is done.
 */
final class BarConsole implements ProgressBarConsumer {
    private final PrintStream out;
    private final int room;

    BarConsole(PrintStream out, int columns) {
        this.out = out;
        this.room = Math.max(1, columns - 1);
    }

    @Override
    public int getMaxRenderedLength() {
        return room;
    }

    @Override
    public void accept(String text) {
        String line = text.length() <= room ? text : text.substring(0, room);
        out.print("\r" + line + " ".repeat(room - line.length()) + "\r");
        out.flush();
    }

    @Override
    public void clear() {
        out.print("\r" + " ".repeat(room) + "\r");
    }

    @Override
    public void close() {
        out.flush();
    }
}
