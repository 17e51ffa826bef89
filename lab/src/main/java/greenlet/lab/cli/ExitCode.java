package greenlet.lab.cli;

/** What the command tells the shell. A comparison ended by Ctrl-C exits with 130, as the JVM does on its own. */
final class ExitCode {
    static final int OK = 0;
    /** A defect of this program, or of the machine while it ran. */
    static final int DEFECT = 1;
    /** Wrong usage; nothing was measured. */
    static final int USAGE = 2;
    /** Some cell failed; the report is written all the same. */
    static final int PARTLY_FAILED = 3;

    private ExitCode() {}
}
