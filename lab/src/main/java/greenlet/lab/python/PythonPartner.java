package greenlet.lab.python;

import greenlet.lab.process.JvmCommand;
import greenlet.lab.scenario.DelayServer;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The lab's own JVM on the other side of the loopback: the same one that the JVM columns measure against. */
final class PythonPartner {
    private static final List<String> SERVER_FLAGS = List.of("-XX:+UseSerialGC", "-Xmx128m");
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private PythonPartner() {}

    /** Its command line as a JSON array, which the worker starts, or nothing if the scenario needs no partner. */
    static Optional<String> of(String scenario) {
        return scenario.equals("requests")
                ? Optional.of(MAPPER.writeValueAsString(
                        JvmCommand.of(SERVER_FLAGS, DelayServer.class.getName(), List.of("20"))))
                : Optional.empty();
    }
}
