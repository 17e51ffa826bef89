package greenlet.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import greenlet.lab.process.JvmCommand;
import greenlet.lab.scenario.Pace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command at a real terminal, which {@code script} of util-linux makes: what a person sees while it measures and after. */
@Timeout(180)
class CompareTerminalTest {
    private static final int COLUMNS = 60;
    private static final String BAR = "[█▏▎▍▌▋▊▉ ]{24}▏ \\d+:\\d\\d left";

    @TempDir
    private Path folder;

    @BeforeEach
    void needsUtilLinux() {
        assumeThat(Path.of("/usr/bin/script")).exists();
        assumeThat(System.getProperty("os.name")).isEqualTo("Linux"); // others take other arguments
    }

    private Process start(String mechanisms) throws IOException {
        String command = JvmCommand.of(
                        List.of("-D" + Pace.PROPERTY + "=0.02", "-Dstderr.encoding=UTF-8", "-Dstdout.encoding=UTF-8"),
                        Main.class.getName(),
                        List.of("compare", "--quick", "--scenario", "create", "--mechanism", mechanisms))
                .stream()
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        ProcessBuilder script = new ProcessBuilder(
                "/usr/bin/script", "-qefc", "stty cols " + COLUMNS + "; exec " + command, "/dev/null");
        script.environment().remove("COLUMNS");
        return script.directory(folder.toFile()).redirectErrorStream(true).start();
    }

    private static char next(Reader screen, CharSequence seen) throws IOException {
        int next = screen.read();
        assertThat(next).as("more than: %s", seen).isNotNegative();
        return (char) next;
    }

    private static int firstBar(String text) {
        Matcher bar = Pattern.compile(BAR).matcher(text);
        assertThat(bar.find()).as(text).isTrue();
        return bar.start();
    }

    private static boolean isBar(String row) {
        return row.matches(".*\\d:\\d\\d left.*");
    }

    @Test
    void compare_atATerminal_barSaysWhatRunsNeverWrapsAndIsGoneInTheEnd() throws Exception {
        Process process = start("greenlets,platform-threads");
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();

        Screen screen = Screen.of(COLUMNS, text.substring(firstBar(text), text.lastIndexOf(" left")));
        assertThat(screen.wraps()).isZero();
        assertThat(screen.looks())
                .filteredOn(look -> look.contains("left"))
                .as("no rest of a longer line before it")
                .allSatisfy(look -> assertThat(look).matches(BAR + "(  create.*)?"))
                .anySatisfy(look -> assertThat(look).contains("left  create"));
        assertThat(Screen.of(COLUMNS, text).rows())
                .noneMatch(CompareTerminalTest::isBar)
                .anyMatch(row -> row.contains("Report: greenlet-report"));
    }

    @Test
    void compare_ctrlCAtATerminal_barIsGoneAndTheReportIsPartial() throws Exception {
        Process process = start("greenlets,virtual-threads,platform-threads,processes");
        StringBuilder seen = new StringBuilder();
        try (BufferedReader screen = process.inputReader(StandardCharsets.UTF_8);
                OutputStream keyboard = process.getOutputStream()) {
            while (seen.indexOf(" left  create") < 0) {
                seen.append(next(screen, seen));
            }
            keyboard.write(3); // Ctrl-C
            keyboard.flush();
            for (int c = screen.read(); c >= 0; c = screen.read()) {
                seen.append((char) c);
            }
        }
        assertThat(process.waitFor()).as("%s", seen).isEqualTo(130);
        assertThat(Screen.of(COLUMNS, seen.toString()).rows())
                .noneMatch(CompareTerminalTest::isBar)
                .anyMatch(row -> row.contains("Report: "));
        assertThat(Files.readString(folder.resolve("greenlet-report/latest/report.json")))
                .contains("\"partial\" : true");
    }
}
