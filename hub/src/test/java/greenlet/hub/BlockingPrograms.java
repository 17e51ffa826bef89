package greenlet.hub;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The programs of {@link BlockingCallsTest} that need a JVM of their own, for its standard streams or its environment. */
final class BlockingPrograms {
    /** Far more than a pipe holds. */
    static final int MORE_THAN_A_PIPE = 1 << 20;

    private BlockingPrograms() {}

    static Process start(String... arguments) throws IOException {
        return builder(arguments).start();
    }

    static ProcessBuilder builder(String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BlockingPrograms.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "read-system-in" -> Sibling.hasTurnsDuring(System.in::read, () -> System.out.println("release"));
            case "read-line" -> {
                BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
                Sibling.hasTurnsDuring(lines::readLine, () -> System.out.println("release"));
            }
            case "print" ->
                Sibling.hasTurnsDuring(
                        () -> System.out.print("x".repeat(MORE_THAN_A_PIPE)), () -> System.err.println("release"));
            case "look-up" ->
                // What the look-up does once it goes on is of no interest: it would ask the machine's name servers.
                Sibling.hasTurnsDuring(BlockingPrograms::lookUp, () -> {
                    System.out.println("release");
                    Runtime.getRuntime().halt(0);
                });
            case "hold-lock" -> holdLock(Path.of(arguments[1]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void lookUp() throws UnknownHostException {
        InetAddress.getAllByName("greenlet-look-up");
    }

    private static void holdLock(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.lock();
            System.out.println("locked");
            System.in.read();
        }
    }
}
