package greenlet.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.hub.JdkAdvice;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "compare --scenario swithc | Unknown scenario 'swithc'. Known are: create, switch, memory, requests",
                "compare --scenario create,nope | Unknown scenario 'nope'",
                "compare --mechanism fibers | Unknown mechanism 'fibers'. Known are: greenlets, virtual-threads",
                "compare --mechanism greenlets-per-core | Unknown mechanism 'greenlets-per-core'",
                "compare --quick --thorough | mutually exclusive",
                "compare --frobnicate | Unknown option: '--frobnicate'",
                "compare --out | Missing required parameter for option '--out'",
                "compare --against nowhere.json | there is no such file. Name a report.json",
                "compare --video nowhere.y4m | nowhere.y4m",
                "example nope | Unknown example 'nope'. Known are: ping-pong, generator, fan-out, server",
                "compare extra | Unmatched argument",
                "comparee | Did you mean",
            })
    void run_badUsage_exits2AndSaysWhatIsKnown(String line, String message) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(message).doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"answer\": 42} | it is JSON but no report of greenlet compare. Give a report.json",
                "{\"schema\": 1, | as a report:",
                "{\"schema\": 99} | its layout is version 99 and this program reads version 1",
                "{\"schema\": 1} | Give a report.json that greenlet compare wrote",
                "[] | it is JSON but no report",
                "\u00ff\u00fe not UTF-8 | it is no text in UTF-8. Give a report.json",
            })
    void run_againstWhatIsNoReport_exits2BeforeAnythingRuns(String content, String message, @TempDir Path folder)
            throws Exception {
        Path old = folder.resolve("old.json");
        Files.write(old, content.getBytes(StandardCharsets.ISO_8859_1));
        Path out = folder.resolve("out");
        assertThat(run("compare", "--against", old.toString(), "--out", out.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("old.json", message).doesNotContain("\tat ");
        assertThat(this.out.toString()).isEmpty();
        assertThat(out).doesNotExist();
    }

    @Test
    void run_againstAFolderWithoutReport_exits2AndNamesTheFile(@TempDir Path folder) {
        assertThat(run("compare", "--against", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(folder.resolve("report.json") + "': there is no such file");
    }

    @Test
    void run_outFolderWithForeignFiles_exits2BeforeAnythingRuns(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("thesis.txt"), "mine");
        assertThat(run("compare", "--out", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("thesis.txt").contains("--out DIR");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void run_version_tellsOursAndTheJdks() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).contains("greenlet ").contains(System.getProperty("java.runtime.version"));
        // A JDK with a known bug is mentioned here, in dumps and in reports, and nowhere else.
        JdkAdvice.forThisJdk().ifPresent(advice -> assertThat(out.toString()).contains(advice));
    }

    @Test
    void run_noCommand_showsTheCommands() {
        assertThat(run()).isZero();
        assertThat(out.toString()).contains("compare").contains("greenlet compare --quick");
    }
}
