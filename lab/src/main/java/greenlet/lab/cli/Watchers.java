package greenlet.lab.cli;

import greenlet.lab.fork.Progress;
import java.io.PrintStream;

/** Who is told how a comparison goes on. */
final class Watchers {
    private Watchers() {}

    static Progress of(Terminal terminal, boolean quiet, PrintStream err) {
        if (quiet) {
            return new SilentProgress();
        }
        return TimedProgress.around(
                terminal.interactive() ? new BarProgress(err, terminal.columns()) : new LineProgress(err));
    }
}
