package greenlet.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code greenlet run --watch} and {@code --dump-on-signal} show of a program while it runs, and that they change nothing of what it does. */
// Reading from a process cannot be interrupted: the thread that does is left alone, and ends when the process is
// killed.
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WatchedProgramsTest {
    /** What the log begins a report with, in the language that the programs are told to speak. */
    private static final String WARNING = "WARNING: ";

    private final List<Process> started = new ArrayList<>();

    /** What a program left when it had been told to end, but for what had been read before. */
    private record Ran(int exit, String out) {}

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    private Process start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private Process direct(Class<?> program) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return start(List.of(java, "-cp", testClasses(), program.getName()));
    }

    private Process onHub(
            Class<?> program, @Nullable Long watchMillis, @Nullable Long idleMillis, @Nullable String dumpSignal)
            throws IOException {
        List<String> options = List.of("-Duser.language=en", "-Duser.country=US");
        return start(new HubCommand(
                        options, testClasses(), watchMillis, idleMillis, dumpSignal, program.getName(), List.of())
                .words());
    }

    private static String testClasses() {
        try {
            return Path.of(Programs.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Reads what the process says to its error stream until that is enough. */
    private static String errorsUntil(Process process, Predicate<String> enough) throws IOException {
        BufferedReader errors = process.errorReader();
        StringBuilder read = new StringBuilder();
        while (!enough.test(read.toString())) {
            String line = errors.readLine();
            assertThat(line).as("what follows %s", read).isNotNull();
            read.append(line).append('\n');
        }
        return read.toString();
    }

    private static String rest(BufferedReader reader) {
        return reader.lines().collect(Collectors.joining("\n"));
    }

    /** Lets a program end that waits for a line. */
    private static Ran tell(Process process) throws IOException, InterruptedException {
        try (Writer in = process.outputWriter()) {
            in.write('\n');
        }
        String out = rest(process.inputReader());
        return new Ran(process.waitFor(), out);
    }

    /** The reports in what a program said to its error stream that contain this: a slow machine may add others. */
    private static List<String> reportsOn(String part, String errors) {
        return Stream.of(errors.split(WARNING))
                .skip(1)
                .filter(report -> report.contains(part))
                .toList();
    }

    @Test
    void watch_programThatHogsTheHub_isLoggedOnceWithTheFrameAndEndsAsWithoutAHub() throws Exception {
        String frame = Programs.Hogs.class.getName() + ".spins(Programs.java:";
        Process watched = onHub(Programs.Hogs.class, 100L, null, null);

        String errors = errorsUntil(watched, read -> read.contains(frame));
        Ran ran = tell(watched);
        errors += rest(watched.errorReader());

        assertThat(ran).isEqualTo(tell(direct(Programs.Hogs.class))).isEqualTo(new Ran(5, "read 10\ntold"));
        assertThat(reportsOn(frame, errors)).singleElement().asString().contains("'main' #", "has kept hub 'main' for");
    }

    @Test
    void watch_programInWhichNothingIsPending_isLoggedOnceAndGoesOnWhenItIsWoken() throws Exception {
        String idle = "has been idle for ";
        String frame = Programs.Latched.class.getName() + ".main(Programs.java:";
        Process watched = onHub(Programs.Latched.class, 100L, 200L, null);

        String errors = errorsUntil(
                watched,
                read -> read.contains(idle)
                        && read.substring(read.indexOf(idle)).contains(frame));
        Ran ran = tell(watched);
        errors += rest(watched.errorReader());

        assertThat(ran).isEqualTo(tell(direct(Programs.Latched.class))).isEqualTo(new Ran(0, "read 10\nopened"));
        assertThat(reportsOn(idle, errors)).singleElement().asString().contains("CountDownLatch", "'main' #", frame);
    }

    @Test
    void dumpOnSignal_programThatWaits_dumpsItsGreenThreadsAndGoesOn() throws Exception {
        Process dumped = onHub(Programs.Waits.class, null, null, "USR1");
        assertThat(Objects.requireNonNull(dumped.inputReader().readLine())).isEqualTo("ready");

        assertThat(new ProcessBuilder("kill", "-USR1", Long.toString(dumped.pid()))
                        .start()
                        .waitFor())
                .isZero();
        String errors = errorsUntil(dumped, read -> read.contains("'main' #") && read.contains("'waiter' #"));

        assertThat(errors).startsWith("Hub 'main': 2 green threads, ").containsPattern("'waiter' #\\d+ WAITING");
        assertThat(tell(dumped)).isEqualTo(new Ran(0, "read 10\nwaiter goes on"));
        assertThat(tell(direct(Programs.Waits.class))).isEqualTo(new Ran(0, "ready\nread 10\nwaiter goes on"));
    }
}
