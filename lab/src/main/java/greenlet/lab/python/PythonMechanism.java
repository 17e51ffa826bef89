package greenlet.lab.python;

import greenlet.lab.mechanism.ForeignMechanism;
import greenlet.lab.scenario.Pace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * One column of Python: its worker is a script of this package, run by the interpreter that was found.
 *
 * <p>Immutable.
 */
public final class PythonMechanism implements ForeignMechanism {
    private static final Set<String> SCENARIOS =
            Set.of("create", "switch", "memory", "sharing", "timeshare", "requests", "server", "science");
    private static final String GREENLETS = "python-greenlets";
    private static final String PROCESSES = "python-processes";

    private final String name;
    private final String about;

    private PythonMechanism(String name, String about) {
        this.name = name;
        this.about = about;
    }

    /**
     * The four columns: greenlets of the package greenlet, those of gevent, threads, processes. Not a switch point.
     *
     * @return one mechanism each, in the order of the tables
     */
    public static List<PythonMechanism> all() {
        return List.of(
                new PythonMechanism(GREENLETS, "Python's greenlet package, explicit switches, no event loop"),
                new PythonMechanism("gevent", "gevent.spawn() on gevent's own hub"),
                new PythonMechanism("python-threads", "Python's threading.Thread"),
                new PythonMechanism(PROCESSES, "forked Python processes"));
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
            return Optional.of("Python is measured in " + String.join(", ", SCENARIOS.stream().sorted().toList()));
        }
        return switch (scenario) {
            case "requests", "server" when name.equals(GREENLETS) ->
                Optional.of("the greenlet package has no event loop: what waits for a socket stops all;"
                        + " gevent is greenlets with one");
            case "sharing" when name.equals(PROCESSES) ->
                Optional.of("processes share no memory: none sees another's counter, so nothing is shared and nothing lost");
            default -> Optional.empty();
        };
    }

    @Override
    public Duration cost(String scenario, SortedMap<String, String> parameters) {
        return PythonCost.of(scenario, name, parameters);
    }

    @Override
    public List<String> command(String scenario, SortedMap<String, String> parameters) {
        List<String> arguments = new ArrayList<>(List.of(scenario, name, Double.toString(Pace.factor())));
        parameters.forEach((parameter, value) -> arguments.add(parameter + "=" + value));
        PythonPartner.of(scenario).ifPresent(command -> arguments.add("partner=" + command));
        return PythonInUse.command(PythonScripts.WORKER, arguments);
    }
}
