package greenlet.lab.scenario.server;

import greenlet.lab.process.ChildJvm;
import greenlet.lab.process.Cores;
import greenlet.lab.process.JvmCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The generator's process, from outside. */
final class LoadClient implements AutoCloseable {
    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx64m");

    private final ChildJvm process;

    private LoadClient(ChildJvm process) {
        this.process = process;
    }

    /** Starts it on those cores; on any if there are none. */
    static LoadClient start(Cores cores) throws IOException {
        return new LoadClient(ChildJvm.start(FLAGS, LoadProcess.class, arguments(cores)));
    }

    /** The same as a command line, for those who start it themselves. */
    static List<String> command(Cores cores) {
        return JvmCommand.of(FLAGS, LoadProcess.class.getName(), arguments(cores));
    }

    private static List<String> arguments(Cores cores) {
        return cores.count() == 0 ? List.of() : List.of(cores.toString());
    }

    void connect(ServerUnderTest server, int count) throws IOException {
        ask("connect " + server.port() + " " + (server.keepsConnections() ? "keep" : "close") + " " + count);
    }

    Load fixedRate(int perSecond, Duration duration) throws IOException {
        return Load.parse(ask("fixed " + perSecond + " " + Math.max(1, duration.toMillis())));
    }

    Load full(Duration duration) throws IOException {
        return Load.parse(ask("full " + Math.max(1, duration.toMillis())));
    }

    @Override
    public void close() {
        process.close();
    }

    private String ask(String command) throws IOException {
        process.tell(command);
        String answer = process.hear();
        if (answer.startsWith("failed")) {
            throw new IOException(answer.substring("failed".length()).strip());
        }
        return answer;
    }
}
