package greenlet.lab.fork;

import greenlet.lab.process.JvmCommand;
import greenlet.lab.scenario.Scenarios;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Does to the class archive what {@code compare} does, in a JVM whose class path is a jar, and says what came of it. */
final class ArchiveProbe {
    private ArchiveProbe() {}

    /** {@code use}, {@code make} or {@code work}, each a line of output. */
    public static void main(String[] steps) throws IOException, InterruptedException {
        for (String step : steps) {
            System.out.println(step + " "
                    + switch (step) {
                        case "use" -> String.valueOf(ClassArchive.use());
                        case "make" -> make();
                        case "work" -> work();
                        default -> String.valueOf(Scenarios.all().size());
                    });
        }
    }

    private static String make() throws InterruptedException {
        boolean worth = ClassArchive.isWorthMaking(20);
        ClassArchive.make(new Stop());
        return String.valueOf(worth);
    }

    /** What a worker's JVM is told, so that its class path and its archive are. */
    private static String work() throws IOException, InterruptedException {
        Process worker = new ProcessBuilder(JvmCommand.of(
                        List.of("-Xlog:class+load=info:stdout"), ArchiveProbe.class.getName(), List.of("count")))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> said = new String(worker.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        boolean shared = said.stream()
                .anyMatch(line ->
                        line.contains("greenlet.lab.scenario.Scenarios ") && line.contains("shared objects file"));
        boolean counted = said.contains("count " + Scenarios.all().size());
        return worker.waitFor() + (counted ? " well" : " badly") + (shared ? " shared" : " alone");
    }
}
