package greenlet.lab.run;

import greenlet.Greenlet;
import greenlet.hub.Hub;
import greenlet.hub.launch.OnHub;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The command line of a JVM that runs a program on a hub: the program's class path and behind it the hub's two jars, nothing of the lab.
 *
 * @param jvmOptions for the JVM
 * @param classPath the program's, or null for that of the environment; not with a jar
 * @param watchMillis the watchdog's limit in milliseconds, or null for none
 * @param idleMillis the watchdog's limit for a hub in which nothing is pending, in milliseconds, or null for the usual one; only with the other
 * @param dumpSignal the signal that dumps the hub, or null for none
 * @param target a class's name, or a jar's path that ends in {@code .jar}
 * @param arguments the program's
 */
public record HubCommand(
        List<String> jvmOptions,
        @Nullable String classPath,
        @Nullable Long watchMillis,
        @Nullable Long idleMillis,
        @Nullable String dumpSignal,
        String target,
        List<String> arguments) {
    private static final String JAR = ".jar";
    private static final List<Class<?>> OURS = List.of(Hub.class, Greenlet.class);

    /** Copies the lists. */
    public HubCommand {
        jvmOptions = List.copyOf(jvmOptions);
        arguments = List.copyOf(arguments);
    }

    /**
     * Whether the target is a jar.
     *
     * @return true if so
     */
    public boolean isJar() {
        return target.endsWith(JAR);
    }

    /**
     * Puts it together. Not a switch point.
     *
     * @return program and arguments
     */
    public List<String> words() {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
        String hub = placeOf(Hub.class);
        if (hub.endsWith(JAR)) { // not in a build that has not packed it yet
            words.add("-javaagent:" + hub);
        }
        words.addAll(jvmOptions);
        words.add("-cp");
        words.add(programs()
                + File.pathSeparator
                + OURS.stream().map(HubCommand::placeOf).collect(Collectors.joining(File.pathSeparator)));
        words.add(OnHub.class.getName());
        words.add("--hide=" + OURS.size());
        if (watchMillis != null) {
            words.add("--watch=" + watchMillis);
        }
        if (idleMillis != null) {
            words.add("--idle-limit=" + idleMillis);
        }
        if (dumpSignal != null) {
            words.add("--dump-on-signal=" + dumpSignal);
        }
        if (isJar()) {
            words.add("-jar");
        }
        words.add(target);
        words.addAll(arguments);
        return words;
    }

    /**
     * The words quoted for a POSIX shell.
     *
     * @return one line that {@code eval "set -- …"} takes apart again
     */
    public String forShell() {
        return words().stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    private String programs() {
        if (isJar()) {
            return target;
        }
        if (classPath != null) {
            return classPath;
        }
        String environment = System.getenv("CLASSPATH");
        return environment == null || environment.isEmpty() ? "." : environment;
    }

    private static String placeOf(Class<?> ours) {
        try {
            return Path.of(ours.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Cannot find the jar of " + ours + ": its place is no file.", e);
        }
    }
}
