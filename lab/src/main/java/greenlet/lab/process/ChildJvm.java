package greenlet.lab.process;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A JVM that a worker starts as part of what it measures, spoken with in lines. It must end when its standard input ends.
 *
 * <p>Safe for use from any thread, one conversation at a time.
 */
public final class ChildJvm implements AutoCloseable {
    private final String mainClass;
    private final Process process;
    private final BufferedReader fromChild;
    private final BufferedWriter toChild;

    private ChildJvm(String mainClass, Process process) {
        this.mainClass = mainClass;
        this.process = process;
        fromChild = process.inputReader();
        toChild = process.outputWriter();
    }

    /**
     * Starts a JVM. May block on the start.
     *
     * @param flags flags for the JVM
     * @param mainClass what it runs
     * @param arguments what it is given
     * @return the started child
     * @throws IOException if it cannot be started
     */
    public static ChildJvm start(List<String> flags, Class<?> mainClass, List<String> arguments) throws IOException {
        List<String> command = JvmCommand.of(flags, mainClass.getName(), arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new ChildJvm(mainClass.getSimpleName(), process);
    }

    /** {@return its process id} Not a switch point. */
    public long pid() {
        return process.pid();
    }

    /**
     * Sends a line. May block on the pipe.
     *
     * @param line the line
     * @throws IOException if the child is gone
     */
    public void tell(String line) throws IOException {
        toChild.write(line);
        toChild.newLine();
        toChild.flush();
    }

    /**
     * Awaits a line. Blocks until there is one.
     *
     * @return the line
     * @throws IOException if the child ends before
     */
    public String hear() throws IOException {
        String line = fromChild.readLine();
        if (line == null) {
            throw new IOException("Cannot hear from " + mainClass + " (process " + process.pid()
                    + "): it has ended. Its own message stands above.");
        }
        return line;
    }

    /** Ends it at once. Not a switch point. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            fromChild.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
