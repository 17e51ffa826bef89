package greenlet.bench.load;

import greenlet.bench.Host;
import greenlet.bench.ratio.Answer;
import greenlet.bench.ratio.Case;
import greenlet.bench.ratio.Question;
import greenlet.bench.ratio.Rounds;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;

/** The command {@code hub-http}: CPU time a request of a server on one core, under a load from the other, as Markdown tables. */
public final class HubHttp {
    private static final String USAGE =
            "Use: hub-http [--quick] [--rounds=N] [--without=PEER[,PEER...]] [busy] [single] [servers]; peers that can"
                    + " be left out: netty, go, gevent.";
    private static final int ROUNDS = 9;
    private static final int BUSY_CONNECTIONS = 100;
    private static final double MOST_OF_NIO = 1.25;

    private final PrintStream tables;
    private final PrintStream progress;

    private int rounds = ROUNDS;

    /** On the one core that the server has its compiler works, too: in the first four seconds a request takes up to a third more. */
    private int warmUpSeconds = 6;

    private int seconds = 3;
    private final List<Peer> peers = new ArrayList<>(Peer.BARE);
    private final List<String> asked = new ArrayList<>();

    HubHttp(PrintStream tables, PrintStream progress) {
        this.tables = tables;
        this.progress = progress;
    }

    /**
     * Runs the command. Not a switch point.
     *
     * @param arguments what stands after {@code hub-http}
     * @return the exit code: 0, 1 if a measurement failed or a tool is missing, 2 if the arguments are wrong
     */
    public static int run(List<String> arguments) {
        return new HubHttp(System.out, System.err).answer(arguments);
    }

    int answer(List<String> arguments) {
        try {
            arguments.forEach(this::read);
        } catch (IllegalArgumentException e) {
            progress.println(e.getMessage() + " " + USAGE);
            return 2;
        }
        try {
            return measure();
        } catch (IOException | RunnerException e) {
            progress.println("Cannot measure: " + e + (e.getCause() == null ? "" : ", " + e.getCause()));
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            progress.println("Cannot measure: interrupted.");
            return 1;
        }
    }

    private void read(String argument) {
        switch (argument) {
            case "--quick" -> {
                rounds = 1;
                warmUpSeconds = 1;
                seconds = 1;
            }
            case "busy", "single", "servers" -> asked.add(argument);
            default -> {
                if (argument.startsWith("--rounds=")) {
                    rounds = rounds(argument.substring("--rounds=".length()));
                } else if (argument.startsWith("--without=")) {
                    Stream.of(argument.substring("--without=".length()).split(",", -1))
                            .forEach(this::leaveOut);
                } else {
                    throw new IllegalArgumentException("Cannot understand '" + argument + "'.");
                }
            }
        }
    }

    private static int rounds(String number) {
        try {
            int chosen = Integer.parseInt(number);
            if (chosen > 0) {
                return chosen;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new IllegalArgumentException("Cannot run '" + number + "' rounds: give a whole number above 0.");
    }

    private void leaveOut(String name) {
        switch (name) {
            case "netty" -> peers.remove(Peer.NETTY);
            case "go" -> peers.remove(Peer.GO);
            case "gevent" -> peers.remove(Peer.GEVENT);
            default -> throw new IllegalArgumentException("Cannot leave out '" + name + "'.");
        }
    }

    private int measure() throws IOException, InterruptedException, RunnerException {
        boolean bare = asked.isEmpty() || asked.contains("busy") || asked.contains("single");
        List<String> missing = Tools.missing(bare ? peers : Peer.SERVERS);
        if (!missing.isEmpty()) {
            progress.println("Cannot measure: this machine lacks " + String.join(", ", missing) + ". " + Tools.remedy()
                    + ". Or leave peers out: --without=netty,go,gevent");
            return 1;
        }
        Path workshop = Files.createTempDirectory("greenlet-hub-http");
        try {
            tables.println(Host.describe());
            tables.println();
            if (asked.isEmpty() || asked.contains("busy")) {
                busy(workshop);
            }
            if (asked.isEmpty() || asked.contains("single")) {
                single(workshop);
            }
            if (asked.isEmpty() || asked.contains("servers")) {
                servers(workshop);
            }
            return 0;
        } finally {
            delete(workshop);
        }
    }

    private void busy(Path workshop) throws IOException, InterruptedException, RunnerException {
        HttpFork fork = new HttpFork(workshop, BUSY_CONNECTIONS, warmUpSeconds, seconds);
        Question question = question(
                "busy",
                "CPU a request, " + BUSY_CONNECTIONS + " connections, against default virtual threads",
                Peer.VIRTUAL,
                1.0,
                peers);
        Answer answer = new Rounds(fork, progress::println).measure(question, rounds);
        tables.println(answer.toMarkdown());
        Question toNio = question("busy-nio", "The same rounds, against the NIO loop", Peer.NIO, MOST_OF_NIO, peers);
        tables.println(answer.askedAnew(toNio).toMarkdown());
        tables.println(fork.details(peers));
    }

    private void single(Path workshop) throws IOException, InterruptedException, RunnerException {
        HttpFork fork = new HttpFork(workshop, 1, warmUpSeconds, seconds);
        Question question = question(
                "single", "CPU a request, one connection, against default virtual threads", Peer.VIRTUAL, 1.0, peers);
        tables.println(
                new Rounds(fork, progress::println).measure(question, rounds).toMarkdown());
        tables.println(fork.details(peers));
    }

    private void servers(Path workshop) throws IOException, InterruptedException, RunnerException {
        HttpFork fork = new HttpFork(workshop, BUSY_CONNECTIONS, warmUpSeconds, seconds);
        Question question = Question.of(
                        "servers",
                        "CPU a request of whole servers, " + BUSY_CONNECTIONS + " connections",
                        what(Peer.JETTY_VIRTUAL))
                .against(what(Peer.JETTY_HUB))
                .against(what(Peer.STREAM_SERVER));
        tables.println(
                new Rounds(fork, progress::println).measure(question, rounds).toMarkdown());
        tables.println(fork.details(Peer.SERVERS));
    }

    private static Question question(String name, String title, Peer floor, double most, List<Peer> peers) {
        Question question = Question.of(name, title, what(floor)).promising(what(Peer.HUB), most);
        for (Peer peer : peers) {
            if (peer != floor && peer != Peer.HUB) {
                question = question.against(what(peer));
            }
        }
        return question;
    }

    private static Case what(Peer peer) {
        return Case.of(peer.label(), peer.name());
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
