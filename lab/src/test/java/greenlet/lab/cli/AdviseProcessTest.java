package greenlet.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.process.JvmCommand;
import greenlet.lab.scenario.Pace;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdviseProcessTest {
    @TempDir
    Path folder;

    @Test
    void numbers_everyMechanism_giveAnAnswerWithinTheLimits() throws Exception {
        AdviseRun run = AdviseRun.of(
                folder,
                0.2,
                "--connections",
                "200",
                "--wait-ms",
                "5",
                "--cpu-ms",
                "0.2",
                "--memory",
                "512M",
                "--p99",
                "2s",
                "--shared-state",
                "--rate",
                "100",
                "--rounds",
                "1");
        assertThat(run.exit).as(run.toString()).isZero();
        for (String way : List.of("greenlets", "greenlets-per-core", "virtual-threads", "platform-threads")) {
            assertThat(run.curve(way).path("status").asString())
                    .as(run.toString())
                    .isEqualTo("MEASURED");
            assertThat(run.curve(way).path("races")).isEmpty();
        }
        assertThat(run.curve("processes").path("status").asString()).isEqualTo("NOT_APPLICABLE");
        assertThat(run.curve("processes").path("reason").asString()).contains("processes share no state");
        assertThat(run.advice.at("/advice/outcome").asString()).isIn("CHOICE", "NO_DIFFERENCE");
        assertThat(run.concurrency()).isEqualTo(200);
        assertThat(run.advice.at("/advice/figures").size()).isEqualTo(3);
        assertThat(run.sentence()).contains("for the 200 connections").contains(": 100 requests/s with p99 within 2 s");
    }

    @Test
    void advise_interrupted_endsItsWorkersAndKeepsWhatItHas() throws Exception {
        Process process = new ProcessBuilder(JvmCommand.of(
                        List.of("-D" + Pace.PROPERTY + "=5"),
                        Main.class.getName(),
                        List.of("advise", "--connections", "10", "--wait-ms", "1", "--out", "advice")))
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out.txt").toFile())
                .start();
        try (BufferedReader progress = process.errorReader()) {
            assertThat(progress.readLine()).contains("greenlets on one hub: rising load");
            List<ProcessHandle> workers = List.of();
            while (process.isAlive() && workers.isEmpty()) {
                try (var children = process.descendants()) {
                    workers = children.toList();
                }
                Thread.onSpinWait();
            }
            assertThat(new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
            assertThat(workers).isNotEmpty().noneMatch(ProcessHandle::isAlive);
        }
        assertThat(Files.readString(folder.resolve("advice/advice.json"), StandardCharsets.UTF_8))
                .contains("\"partial\" : \"it was interrupted\"");
    }
}
