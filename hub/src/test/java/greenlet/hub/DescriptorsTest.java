package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import greenlet.GreenletExit;
import greenlet.launch.DescriptorHoarder;
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
        Path shell = Path.of("/bin/sh");
        assumeTrue(Files.isExecutable(shell), "needs a POSIX shell to set the limit");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String path = String.join(
                File.pathSeparator, where(Hub.class), where(GreenletExit.class), where(DescriptorHoarder.class));
        String script = "ulimit -n 100 && exec \"$0\" --add-opens java.base/java.lang=ALL-UNNAMED -cp \"$1\" "
                + DescriptorHoarder.class.getName();

        Process child = new ProcessBuilder(shell.toString(), "-c", script, java, path)
                .redirectErrorStream(true)
                .start();
        String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(printed.strip()).isEqualTo("ran out, and went on");
        assertThat(child.waitFor()).isZero();
    }

    private static String where(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }
}
