package greenlet.lab.scenario.server;

import greenlet.lab.process.ChildJvm;
import greenlet.lab.process.Cores;
import greenlet.lab.process.JvmCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The generator's process, from outside. */
public final class LoadClient implements AutoCloseable {
    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-Xms64m", "-Xmx64m");

    private final ChildJvm process;

    private LoadClient(ChildJvm process) {
        this.process = process;
    }

    /**
     * Starts it. Blocks on the start.
     *
     * @param cores where; anywhere if there are none
     * @return the started generator
     * @throws IOException if it cannot be started
     */
    public static LoadClient start(Cores cores) throws IOException {
        return new LoadClient(ChildJvm.start(FLAGS, LoadProcess.class, arguments(cores)));
    }

    /**
     * Starts one that has its cores in common with the server and leaves them whenever it has nothing to do. Blocks on the start.
     *
     * @return the started generator
     * @throws IOException if it cannot be started
     */
    public static LoadClient startSharing() throws IOException {
        return new LoadClient(ChildJvm.start(FLAGS, LoadProcess.class, List.of(LoadProcess.SHARING)));
    }

    /** The same as a command line, for those who start it themselves. */
    static List<String> command(Cores cores) {
        return JvmCommand.of(FLAGS, LoadProcess.class.getName(), arguments(cores));
    }

    private static List<String> arguments(Cores cores) {
        return cores.count() == 0 ? List.of() : List.of(cores.toString());
    }

    /**
     * Opens or closes connections until there are so many, and uses each new one once. Blocks until that is done.
     *
     * @param server to which server
     * @param count how many
     * @throws IOException if the server refuses or hangs up
     */
    public void connect(ServerUnderTest server, int count) throws IOException {
        ask("connect " + server.port() + " " + (server.keepsConnections() ? "keep" : "close") + " " + count);
    }

    /**
     * Open load with equal distances. Blocks until the last answer.
     *
     * @param perSecond requests a second
     * @param duration for how long
     * @return what was found
     * @throws IOException if the server hangs up or does not answer in time
     */
    public Load fixedRate(int perSecond, Duration duration) throws IOException {
        return Load.parse(ask("fixed " + perSecond + " " + Math.max(1, duration.toMillis())));
    }

    /**
     * Open load at times by lot. Blocks until the last answer.
     *
     * @param perSecond requests a second, on average
     * @param duration for how long
     * @return what was found
     * @throws IOException if the server hangs up or does not answer in time
     */
    public Load randomTimes(int perSecond, Duration duration) throws IOException {
        return Load.parse(ask("random " + perSecond + " " + Math.max(1, duration.toMillis())));
    }

    /**
     * Every connection always busy. Blocks until that is over.
     *
     * @param duration for how long
     * @return what was found
     * @throws IOException if the server hangs up or does not answer in time
     */
    public Load full(Duration duration) throws IOException {
        return Load.parse(ask("full " + Math.max(1, duration.toMillis())));
    }

    /**
     * Looks at something under load: as long as that takes, every connection has a request under way. Blocks until that is over.
     *
     * @param look what to do under load
     * @return what was found meanwhile
     * @throws IOException if the server hangs up or does not answer in time, or the look fails
     */
    public Load hold(Look look) throws IOException {
        String begun = ask("hold");
        if (!begun.equals(LoadProcess.HOLDING)) {
            throw new IOException("Cannot hold a load: the generator said '" + begun + "' instead of '"
                    + LoadProcess.HOLDING + "'. This is a bug in the lab; please report it.");
        }
        look.look();
        return Load.parse(ask("release"));
    }

    /** What is done under load. */
    @FunctionalInterface
    public interface Look {
        /**
         * Does it.
         *
         * @throws IOException if it cannot be done
         */
        void look() throws IOException;
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
