package greenlet.lab.mechanism.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The interpreter that this run of the program measures with: looked for once, when first asked about.
 *
 * <p>Safe for use from any thread.
 */
public final class PythonInUse {
    private static final List<Path> SYSTEM_FOLDERS =
            List.of(Path.of("/usr/bin"), Path.of("/usr/local/bin"), Path.of("/opt/homebrew/bin"));

    private static @Nullable Path named;
    private static @Nullable Found found;

    private PythonInUse() {}

    /** What was found, and the scripts that were unpacked to find it. */
    private record Found(PythonScripts scripts, PythonSearch.Outcome outcome) {}

    /**
     * Measures with this interpreter or with none. Not a switch point.
     *
     * @param executable the interpreter
     * @throws IllegalStateException if another one was looked for already
     */
    public static synchronized void name(Path executable) {
        if (found != null) {
            throw new IllegalStateException("Cannot name '" + executable
                    + "' as the Python to measure with: one was looked for already. Name it before anything is"
                    + " planned.");
        }
        named = executable;
    }

    /**
     * Why the Python columns cannot be measured. Looks for an interpreter when first called, which may block for seconds.
     *
     * @return one line that says what was tried and what to install, or nothing if there is an interpreter
     */
    public static Optional<String> missing() {
        return switch (found().outcome()) {
            case PythonSearch.Outcome.Found _ -> Optional.empty();
            case PythonSearch.Outcome.None(String message) -> Optional.of(message);
        };
    }

    /**
     * What a report says of the interpreter among the facts of the machine. Not a switch point.
     *
     * @return its versions and its lock, or why there is none; nothing if nobody has looked for one
     */
    public static synchronized SortedMap<String, String> facts() {
        Found known = found;
        if (known == null) {
            return Collections.emptySortedMap();
        }
        return switch (known.outcome()) {
            case PythonSearch.Outcome.Found(Python python) -> python.facts();
            case PythonSearch.Outcome.None(String message) -> new TreeMap<>(Map.of(Python.FACT, message));
        };
    }

    /** The command line of a script. */
    static List<String> command(String script, List<String> arguments) {
        return switch (found().outcome()) {
            case PythonSearch.Outcome.Found(Python python) ->
                Stream.concat(
                                Stream.of(python.executable(), found().scripts().file(script))
                                        .map(Path::toString),
                                arguments.stream())
                        .toList();
            case PythonSearch.Outcome.None(String message) -> throw new IllegalStateException(message);
        };
    }

    private static synchronized Found found() {
        Found known = found;
        if (known == null) {
            known = search();
            found = known;
        }
        return known;
    }

    private static Found search() {
        PythonScripts scripts = unpack();
        PythonSearch search = new PythonSearch(new PythonProbe(scripts, PythonProbe.PATIENCE));
        try {
            Path name = named;
            return new Found(scripts, name == null ? search.among(candidates()) : search.named(name));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Found(scripts, new PythonSearch.Outcome.None("Interrupted while a Python was looked for."));
        }
    }

    private static List<Path> candidates() {
        return PythonCandidates.list(
                variable("PATH", ""), SYSTEM_FOLDERS, Path.of(variable("PYENV_ROOT", pyenvHome())));
    }

    private static String pyenvHome() {
        return Path.of(System.getProperty("user.home"), ".pyenv").toString();
    }

    private static String variable(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }

    private static PythonScripts unpack() {
        try {
            PythonScripts scripts = PythonScripts.unpack();
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(scripts::close));
            return scripts;
        } catch (IOException refused) {
            throw new UncheckedIOException(
                    "Cannot unpack the scripts of the Python columns: " + refused.getMessage()
                            + ". Make the folder for temporary files writable.",
                    refused);
        }
    }
}
