package greenlet.lab.mechanism.python;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the interpreter that measures the Python columns.
 *
 * <p>Immutable.
 */
final class PythonSearch {
    /** What to do if there is none; one line. */
    static final String REMEDY =
            "Install greenlet and gevent for a python3 (3.8 or newer), for instance with 'apt-get install"
                + " python3-greenlet python3-gevent' or 'pip install greenlet gevent', or name a Python that has them"
                + " with --python PATH.";

    private static final int SHOWN = 3;

    private final PythonProbe probe;

    PythonSearch(PythonProbe probe) {
        this.probe = probe;
    }

    /** What was found. */
    sealed interface Outcome {
        /**
         * An interpreter that has all it needs.
         *
         * @param python the interpreter
         */
        record Found(Python python) implements Outcome {}

        /**
         * None.
         *
         * @param message one line: what was tried, what is missing, what to do
         */
        record None(String message) implements Outcome {}
    }

    /** Takes the named interpreter or none. */
    Outcome named(Path executable) throws InterruptedException {
        return switch (probe.ask(executable)) {
            case Probed.Usable(Python python) -> new Outcome.Found(python);
            case Probed.Unusable(String problem) ->
                new Outcome.None("Cannot measure Python with '" + executable + "': it " + problem + ". " + REMEDY);
        };
    }

    /** Takes the first candidate that has all it needs. */
    Outcome among(List<Path> candidates) throws InterruptedException {
        List<String> problems = new ArrayList<>();
        for (Path candidate : candidates) {
            switch (probe.ask(candidate)) {
                case Probed.Usable(Python python) -> {
                    return new Outcome.Found(python);
                }
                case Probed.Unusable(String problem) -> problems.add(candidate + " " + problem);
            }
        }
        return new Outcome.None("No Python with greenlet and gevent found (" + tried(problems) + "). " + REMEDY);
    }

    private static String tried(List<String> problems) {
        if (problems.isEmpty()) {
            return "there is no python3 at all";
        }
        String shown = String.join(", ", problems.subList(0, Math.min(SHOWN, problems.size())));
        return problems.size() > SHOWN ? shown + " and " + (problems.size() - SHOWN) + " more" : shown;
    }
}
