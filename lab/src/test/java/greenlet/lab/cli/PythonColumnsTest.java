package greenlet.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.measure.Report;
import greenlet.lab.measure.ReportFile;
import greenlet.lab.measure.Status;
import greenlet.lab.mechanism.ForeignMechanism;
import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.VirtualThreads;
import greenlet.lab.mechanism.python.SuitablePython;
import greenlet.lab.process.JvmCommand;
import greenlet.lab.scenario.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command with and without a Python: measured beside the others, left out with one line, or refused if the user named it. */
class PythonColumnsTest {
    private static final int PATIENCE_SECONDS = 120;

    @TempDir
    Path folder = Path.of("");

    @Test
    void compare_pythonNamedThatLacksPackages_exits2BeforeAnythingRuns() throws Exception {
        Path bare = folder.resolve("python3");
        Files.writeString(
                bare, "#!/bin/sh\necho '{\"python\": \"CPython 3.12.1\", \"lacks\": [\"greenlet\", \"gevent\"]}'\n");
        Files.setPosixFilePermissions(bare, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(compare("--quick", "--scenario", "switch", "--python", bare.toString()))
                .isEqualTo(2);

        assertThat(Files.readString(folder.resolve("err.txt")))
                .contains("Cannot measure Python with '" + bare + "': it lacks greenlet and gevent")
                .contains("apt-get install python3-greenlet python3-gevent");
        assertThat(folder.resolve("greenlet-report")).doesNotExist();
    }

    @Test
    void compare_withAPython_measuresItsColumnsAndTellsItsVersions() throws Exception {
        SuitablePython.require();

        int exit =
                compare("--quick", "--scenario", "switch", "--mechanism", "greenlets,python-greenlets,python-threads");

        assertThat(exit).as(Files.readString(folder.resolve("err.txt"))).isZero();
        Report report = ReportFile.read(folder.resolve("greenlet-report/latest").resolve(ReportFile.NAME));
        assertThat(report.runs())
                .filteredOn(run -> run.mechanism().startsWith("python-"))
                .hasSize(6)
                .allSatisfy(run -> assertThat(run.status()).isEqualTo(Status.MEASURED));
        assertThat(report.machine().facts()).containsKeys("python", "pythonGreenlet", "pythonGevent", "pythonGil");
    }

    @Test
    void available_severalColumnsMissForOneReason_leavesThemOutAndSaysItOnce() {
        List<Mechanism> chosen = List.of(new VirtualThreads(), new Missing("one"), new Missing("two"));

        Available available = Available.of(chosen);

        assertThat(available.mechanisms()).extracting(Mechanism::name).containsExactly("virtual-threads");
        assertThat(available.reasons()).containsExactly("Install it.");
        assertThat(Available.all(chosen).mechanisms()).hasSize(3);
    }

    private int compare(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("compare"));
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(
                        JvmCommand.of(List.of("-D" + Pace.PROPERTY + "=0.02"), Main.class.getName(), line))
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out.txt").toFile())
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private record Missing(String name) implements ForeignMechanism {
        @Override
        public String about() {
            return "not here";
        }

        @Override
        public Optional<String> missing() {
            return Optional.of("Install it.");
        }

        @Override
        public Optional<String> notApplicable(String scenario) {
            return Optional.empty();
        }

        @Override
        public Duration cost(String scenario, SortedMap<String, String> parameters) {
            return Duration.ZERO;
        }

        @Override
        public int forks(int jvms) {
            return 1;
        }

        @Override
        public List<String> command(Work work) {
            throw new AssertionError("never started");
        }
    }
}
