package greenlet.lab.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The command line of another JVM like this one: same JDK, same class path, opened for greenlets.
 *
 * <p>Immutable.
 */
public final class JvmCommand {
    /** The system property with the path of the workers' class archive, handed on to their children; see {@code ClassArchive}. */
    public static final String ARCHIVE = "greenlet.lab.archive";

    private JvmCommand() {}

    /**
     * Puts a command line together. Not a switch point.
     *
     * @param flags flags for the JVM beside those that every one of ours gets
     * @param mainClass what it runs
     * @param arguments what it is given
     * @return program and arguments
     */
    public static List<String> of(List<String> flags, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags(flags));
        command.add("-cp");
        command.add(classPath());
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    /**
     * What stands between program and class path. Not a switch point.
     *
     * @param own flags for the JVM beside those that every one of ours gets
     * @return all of them, in the order of the command line
     */
    public static List<String> flags(List<String> own) {
        List<String> command = new ArrayList<>();
        command.add("--add-opens");
        command.add("java.base/java.lang=ALL-UNNAMED");
        command.add("--enable-native-access=ALL-UNNAMED");
        // JMH uses sun.misc.Unsafe, which is deprecated: nothing that a reader of a report could act on.
        command.add("--sun-misc-unsafe-memory-access=allow");
        // The JVM's own warnings go to standard output unless told otherwise, and that is where samples go.
        command.add("-Xlog:disable");
        command.add("-Xlog:all=warning:stderr");
        String archive = System.getProperty(ARCHIVE);
        if (archive != null) {
            command.add("-XX:SharedArchiveFile=" + archive);
            command.add("-D" + ARCHIVE + "=" + archive);
        }
        command.addAll(own);
        return command;
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
