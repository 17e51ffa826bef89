package greenlet.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviseUsageTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rounds 1 | Nothing to advise on. Give one of: --connections N with --wait-ms and --cpu-ms; --task"
                        + " CLASS;",
                "--connections 5 --wait-ms 1 --task A | Cannot advise on several things at once.",
                "--connections 5 | Give at least one connection, no negative number, and requests that wait or"
                        + " compute.",
                "--connections 5 --wait-ms 1 --p99 soon | is not a time, such as 50ms, 2s or 1m",
                "--connections 5 --wait-ms 1 --memory 5X | is not an amount of memory, such as 512M or 2G",
                "--connections 5 --wait-ms 1 --mechanism fibers | Unknown mechanism 'fibers'. Known are: greenlets,",
                "--connections 5 --wait-ms 1 --rounds 0 | none of them may be zero",
                "--task com.acme.Nothing --classpath . | Cannot find class com.acme.Nothing on the class path [.]",
                "--example nope | Unknown example of advise 'nope'. Known are: http-client, echo-server, video,"
                        + " matrix,",
                "--example jdbc | Cannot measure example jdbc without a database",
                "MyTask | its name does not end in .java. For a class give --task MyTask --classpath DIR:JAR.",
                "Nowhere.java | there is no such file",
            })
    void advise_badUsage_exits2BeforeAnythingIsMeasured(String line, String message) throws Exception {
        AdviseRun run = AdviseRun.of(folder, 0.1, line.split(" "));
        assertThat(run.exit).as(run.toString()).isEqualTo(2);
        assertThat(run.err).contains(message).doesNotContain("\tat ");
        assertThat(folder.resolve("advice")).doesNotExist();
    }

    @Test
    void advise_fileThatDoesNotCompile_showsTheErrorsAndExits2() throws Exception {
        Path source = Files.writeString(folder.resolve("Bad.java"), "class Bad implements Runnable { void run() {} }");
        AdviseRun run = AdviseRun.of(folder, 0.1, source.toString());
        assertThat(run.exit).isEqualTo(2);
        assertThat(run.err).contains("Cannot compile").contains("Bad.java:1:");
    }
}
