package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.GreenletExit;
import greenlet.launch.HubProbe;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a launch without the flag is told, and that the flag which it is told is the right one: in JVMs of their own. */
@Timeout(60)
class RefusalTest {
    private static final String ON_CLASS_PATH = "--add-opens java.base/java.lang=ALL-UNNAMED";
    private static final String ON_MODULE_PATH = "--add-opens java.base/java.lang=greenlet.hub";

    @Test
    void run_classPathWithoutTheFlag_namesTheFlagForIt() throws Exception {
        assertThat(launch(classPath(), List.of()))
                .startsWith("2 Cannot open a hub")
                .contains(ON_CLASS_PATH);
    }

    @Test
    void run_classPathWithThatFlag_runsSilently() throws Exception {
        assertThat(launch(classPath(), List.of(ON_CLASS_PATH.split(" ")))).isEqualTo("0 ran on true");
    }

    @Test
    void run_modulePathWithoutTheFlag_namesTheFlagForIt() throws Exception {
        assertThat(launch(modulePath(), List.of()))
                .startsWith("2 Cannot open a hub")
                .contains(ON_MODULE_PATH);
    }

    @Test
    void run_modulePathWithThatFlag_runsSilently() throws Exception {
        assertThat(launch(modulePath(), List.of(ON_MODULE_PATH.split(" ")))).isEqualTo("0 ran on true");
    }

    private static List<String> classPath() {
        return List.of("-cp", String.join(File.pathSeparator, where(Hub.class), where(GreenletExit.class), tests()));
    }

    private static List<String> modulePath() {
        Path root = Path.of(System.getProperty("greenlet.root"));
        String modules = root.resolve("core/target/classes") + File.pathSeparator + root.resolve("hub/target/classes");
        return List.of("--module-path", modules, "--add-modules", "greenlet.hub", "-cp", tests());
    }

    private static String tests() {
        return where(HubProbe.class);
    }

    private static String where(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }

    /** Exit code and everything that the child printed to either stream. */
    private static String launch(List<String> path, List<String> flags) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(path);
        command.add(HubProbe.class.getName());
        Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return child.waitFor() + " " + printed.strip();
    }
}
