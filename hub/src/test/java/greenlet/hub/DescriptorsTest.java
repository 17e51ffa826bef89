package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import greenlet.GreenletExit;
import greenlet.launch.DescriptorHoarder;
import greenlet.launch.HubWithoutEpoll;
import greenlet.launch.StopWithoutDescriptors;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The process has no descriptor left (EMFILE): in a JVM of its own, with a limit of its own. */
@Timeout(120)
class DescriptorsTest {
    @Test
    void noDescriptorLeft_failsWhoAsksForOne_andTheHubGoesOn() throws Exception {
        assertThat(printedBy(DescriptorHoarder.class)).isEqualTo("ran out, and went on");
    }

    @Test
    void noDescriptorLeftForAHubsEpoll_itUsesTheJdksPollersAndSaysSoWithTheRemedy() throws Exception {
        assertThat(printedBy(HubWithoutEpoll.class))
                .containsOnlyOnce("A hub uses the JDK's pollers, which costs more CPU a request:"
                        + " it could not open an epoll of its own (")
                .containsOnlyOnce("Too many open files). Raise the limit of open files (ulimit -n).")
                .contains("the hub exchanged; the JDK's pollers: this hub could not open an epoll of its own")
                .contains("the next exchanged; the hub's own epoll: ")
                .endsWith("ran out, and went on");
    }

    @Test
    void noDescriptorLeftWhenAServerStops_whoIsServedIsServedToTheEnd_theRestAreCutOffAndCounted() throws Exception {
        assertThat(printedBy(StopWithoutDescriptors.class).lines())
                .endsWith(
                        "cut off",
                        "cut off",
                        "cut off",
                        "served: x",
                        "StopReport[finished=1, killed=0, left=0], accept errors 1",
                        "ran out, and went on");
    }

    /** What a program prints, on either stream, that has few descriptors and ends with status 0. */
    private static String printedBy(Class<?> program) throws Exception {
        Path shell = Path.of("/bin/sh");
        assumeTrue(Files.isExecutable(shell), "needs a POSIX shell to set the limit");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String path = String.join(File.pathSeparator, where(Hub.class), where(GreenletExit.class), where(program));
        String script = "ulimit -n 100 && exec \"$0\" --add-opens java.base/java.lang=ALL-UNNAMED -cp \"$1\" "
                + program.getName();

        Process child = new ProcessBuilder(shell.toString(), "-c", script, java, path)
                .redirectErrorStream(true)
                .start();
        String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(child.waitFor()).as(printed).isZero();
        return printed.strip();
    }

    private static String where(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }
}
