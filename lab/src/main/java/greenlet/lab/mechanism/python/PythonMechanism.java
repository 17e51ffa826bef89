package greenlet.lab.mechanism.python;

import greenlet.lab.mechanism.ForeignMechanism;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * One column of Python: its worker is a script of this package, run by the interpreter that was found.
 *
 * <p>Immutable.
 */
public final class PythonMechanism implements ForeignMechanism {
    private static final List<String> SCENARIOS =
            List.of("create", "switch", "memory", "requests", "sharing", "timeshare", "server", "science");
    private static final Set<String> NEED_AN_EVENT_LOOP = Set.of("requests", "server");
    private static final String GREENLETS = "python-greenlets";
    private static final String PROCESSES = "python-processes";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final String name;
    private final String about;

    private PythonMechanism(String name, String about) {
        this.name = name;
        this.about = about;
    }

    /** {@return the package greenlet: explicit switches and no event loop} Not a switch point. */
    public static PythonMechanism greenlets() {
        return new PythonMechanism(GREENLETS, "Python's greenlet package, explicit switches, no event loop");
    }

    /** {@return gevent: greenlets on an event loop} Not a switch point. */
    public static PythonMechanism gevent() {
        return new PythonMechanism("gevent", "Python's gevent, greenlets on its own hub");
    }

    /** {@return threads, under the interpreter's lock if it has one} Not a switch point. */
    public static PythonMechanism threads() {
        return new PythonMechanism("python-threads", "Python's threading.Thread");
    }

    /** {@return forked processes} Not a switch point. */
    public static PythonMechanism processes() {
        return new PythonMechanism(
                PROCESSES, "forked Python processes: one per task for create, a small pool elsewhere");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String about() {
        return about;
    }

    @Override
    public Optional<String> missing() {
        return PythonInUse.missing();
    }

    @Override
    public Optional<String> notApplicable(String scenario) {
        if (!SCENARIOS.contains(scenario)) {
            return Optional.of("Python is measured in " + String.join(", ", SCENARIOS));
        }
        if (name.equals(GREENLETS) && NEED_AN_EVENT_LOOP.contains(scenario)) {
            return Optional.of("the greenlet package has no event loop: what waits for a socket stops all the others;"
                    + " gevent is greenlets with one");
        }
        if (name.equals(PROCESSES) && scenario.equals("sharing")) {
            return Optional.of(
                    "processes share no memory: none sees another's counter, so nothing is shared and nothing lost");
        }
        return Optional.empty();
    }

    @Override
    public Duration cost(String scenario, SortedMap<String, String> parameters) {
        return PythonCost.of(scenario, name, parameters);
    }

    /** A worker gives several samples of each figure, and three workers of Python differ less than three JVMs. */
    @Override
    public int forks(int jvms) {
        return (jvms + 2) / 3;
    }

    @Override
    public List<String> command(Work work) {
        List<String> arguments = new ArrayList<>(List.of(work.scenario(), name, Double.toString(work.pace())));
        work.parameters().forEach((parameter, value) -> arguments.add(parameter + "=" + value));
        if (!work.partner().isEmpty()) {
            arguments.add("partner=" + MAPPER.writeValueAsString(work.partner()));
        }
        return PythonInUse.command(PythonScripts.WORKER, arguments);
    }
}
