package greenlet.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code greenlet run} as a command: how it reads its options and passes on what its child leaves. */
@Timeout(120)
class RunProgramTest {
    @TempDir
    private Path folder;

    /** A program to be run, in a file of its own so that nothing of the lab is on its class path. */
    public static final class Asks {
        private Asks() {}

        /** Prints what it is given and exits with how much that is. */
        public static void main(String[] arguments) {
            System.out.println(String.join("|", arguments) + " on "
                    + Thread.currentThread().isVirtual());
            System.exit(40 + arguments.length);
        }
    }

    private record Ran(int exit, String out, String err) {}

    private Process start(@org.jspecify.annotations.Nullable Path plan, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.add(Main.class.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        if (plan != null) {
            builder.environment().put(RunProgram.PLAN, plan.toString());
        }
        return builder.start();
    }

    private Ran run(@org.jspecify.annotations.Nullable Path plan, String... arguments)
            throws IOException, InterruptedException {
        Process process = start(plan, arguments);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), read("out"), read("err"));
    }

    private String read(String file) throws IOException {
        return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
    }

    private static String classes() throws Exception {
        return Path.of(RunProgramTest.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }

    @Test
    void run_class_passesOnArgumentsOutputAndStatus() throws Exception {
        Ran ran = run(null, "run", "-cp", classes(), Asks.class.getName(), "--help", "@x", "--", "-cp");

        assertThat(ran.out()).isEqualTo("--help|@x|--|-cp on true\n");
        assertThat(ran.exit()).isEqualTo(44);
    }

    @Test
    void run_launcherAsks_writesTheCommandAndStartsNothing() throws Exception {
        Path plan = folder.resolve("plan");

        Ran ran = run(
                plan,
                "run",
                "--watch",
                "--dump-on-signal",
                "--jvm",
                "-Xmx1g  -Dx='a b'",
                "--jvm",
                "-Dy=",
                "app.jar",
                "--watch");

        assertThat(ran).isEqualTo(new Ran(0, "", ""));
        assertThat(read("plan"))
                .contains("'-Xmx1g' '-Dx=a b' '-Dy=' '-cp'")
                .endsWith("'--watch=100' '--dump-on-signal=USR1' '-jar' 'app.jar' '--watch'");
    }

    @Test
    void run_idleLimit_watchesAndPassesItOn() throws Exception {
        Path plan = folder.resolve("plan");

        assertThat(run(plan, "run", "--idle-limit", "5", "a.B").exit()).isZero();

        assertThat(read("plan")).endsWith("'--watch=100' '--idle-limit=5' 'a.B'");
    }

    @Test
    void words_quotedAsInAShell_areTakenApartLikewise() {
        assertThat(JvmOptions.words("  -Xmx1g\t-Dkey=value ")).containsExactly("-Xmx1g", "-Dkey=value");
        assertThat(JvmOptions.words("-Da=\"x y\" '-Db=x \\y' -Dc=x\\ y \"-Dd=\\\"\" ''"))
                .containsExactly("-Da=x y", "-Db=x \\y", "-Dc=x y", "-Dd=\"", "");
        assertThat(JvmOptions.words("")).isEmpty();
    }

    @Test
    void words_openQuote_saysWhichAndWhatToDo() {
        assertThatThrownBy(() -> JvmOptions.words("-Da='x y"))
                .isInstanceOf(Refusal.class)
                .hasMessage(
                        "--jvm cannot be read: a ' is not closed in: -Da='x y. Close it, or write a \\ in front of it"
                                + " if it is meant.");
        assertThatThrownBy(() -> JvmOptions.words("-Da=x\\"))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("--jvm cannot be read: nothing follows the \\ at the end of: -Da=x\\.");
    }

    @Test
    void run_badUsage_saysWhatToDo() throws Exception {
        assertThat(run(null, "run", "-cp", "x", "app.jar").err())
                .contains("--class-path has no effect on a jar: its manifest says where its libraries are.");
        assertThat(run(null, "run").err()).contains("Missing required parameter: 'PROGRAM'");
        assertThat(run(null, "run", "--watch-limit", "0", "a.B").exit()).isEqualTo(ExitCode.USAGE);
        assertThat(run(null, "run", "--idle-limit", "0", "a.B").err())
                .contains("--idle-limit 0 is too short: give at least 1 (milliseconds).");
    }
}
