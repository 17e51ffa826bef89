package greenlet.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.advise.report.AdviceFile;
import greenlet.lab.advise.report.AdvicePage;
import greenlet.lab.process.JvmCommand;
import greenlet.lab.scenario.Pace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code advise} as a test runs it: in this JVM, with real workers that hardly measure. */
final class AdviseRun {
    final int exit;
    final String out;
    final String err;
    /** Missing if nothing was written. */
    final JsonNode advice;

    private AdviseRun(int exit, String out, String err, JsonNode advice) {
        this.exit = exit;
        this.out = out;
        this.err = err;
        this.advice = advice;
    }

    static AdviseRun of(Path folder, double pace, String... arguments) throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(
                List.of("advise", "--quiet", "--out", folder.resolve("advice").toString()));
        all.addAll(List.of(arguments));
        String before = System.getProperty(Pace.PROPERTY);
        System.setProperty(Pace.PROPERTY, Double.toString(pace));
        try {
            int exit = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
            return new AdviseRun(exit, out.toString(), err.toString(), read(folder.resolve("advice")));
        } finally {
            if (before == null) {
                System.clearProperty(Pace.PROPERTY);
            } else {
                System.setProperty(Pace.PROPERTY, before);
            }
        }
    }

    /** The command in a JVM of its own, whose environment the task sees. */
    static AdviseRun inItsOwnJvm(Path folder, double pace, Map<String, String> environment, List<String> arguments)
            throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Path advice = folder.resolve("advice");
        List<String> all = new ArrayList<>(List.of("advise", "--quiet", "--out", advice.toString()));
        all.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(
                        JvmCommand.of(List.of("-D" + Pace.PROPERTY + "=" + pace), Main.class.getName(), all))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        int exit = builder.start().waitFor();
        return new AdviseRun(exit, Files.readString(out), Files.readString(err), read(advice));
    }

    private static JsonNode read(Path folder) throws IOException {
        Path file = folder.resolve(AdviceFile.NAME);
        if (!Files.exists(file)) {
            return JsonMapper.builder().build().missingNode();
        }
        String json = Files.readString(file);
        assertThat(Schemas.violations(AdviceFile.class, "advice.schema.json", json))
                .as(json)
                .isEmpty();
        assertThat(folder.resolve(AdvicePage.NAME)).content().contains("<!DOCTYPE html>");
        return JsonMapper.builder().build().readTree(json);
    }

    String sentence() {
        return advice.at("/advice/sentence").asString("");
    }

    String choice() {
        return advice.at("/advice/choice").asString("");
    }

    int concurrency() {
        return advice.at("/advice/concurrency").asInt(0);
    }

    List<String> problems() {
        List<String> kinds = new ArrayList<>();
        advice.path("problems")
                .forEach(problem -> kinds.add(problem.path("kind").asString()));
        return kinds;
    }

    String whatWentWrong() {
        return advice.at("/problems/0/what").asString("");
    }

    JsonNode curve(String way) {
        for (JsonNode curve : advice.path("curves")) {
            if (curve.path("way").asString().equals(way)) {
                return curve;
            }
        }
        return JsonMapper.builder().build().missingNode();
    }

    @Override
    public String toString() {
        return exit + "\n" + out + err + advice.toPrettyString();
    }
}
