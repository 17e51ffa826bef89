package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.GreenletExit;
import greenlet.launch.HubProbe;
import java.io.File;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a launch is told that cannot have a hub, for want of the flag or of another JDK, and that the flag which it is told is the right one: in JVMs of their own. */
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

    /** Without the member the JDK is another one: no flag helps, and nothing but the refusal is to be seen. */
    @ParameterizedTest
    @CsvSource({
        "java.lang.Module, implAddExports",
        "jdk.internal.misc.CarrierThread, beginBlocking",
        "jdk.internal.misc.CarrierThread, endBlocking",
        "jdk.internal.vm.SharedThreadContainer, start",
        "jdk.internal.vm.Continuation, onContinue"
    })
    void run_jdkThatLacksAMember_namesItAndTheJdkToUse(String type, String method, @TempDir Path patch)
            throws Exception {
        writeWithout(type, method, patch);

        List<String> flags = new ArrayList<>(List.of(ON_CLASS_PATH.split(" ")));
        flags.add("--patch-module=java.base=" + patch);
        assertThat(launch(classPath(), flags))
                .startsWith("2 Cannot open a hub: this JDK (" + Runtime.version())
                .contains("lacks what the hub needs of virtual threads", method)
                .contains("Run with JDK 25")
                .doesNotContain("--add-opens")
                .hasLineCount(1);
    }

    @Test
    void run_jdkThatLacksAMemberWithoutTheFlag_namesTheFlagFirst(@TempDir Path patch) throws Exception {
        writeWithout("java.lang.Module", "implAddExports", patch);

        assertThat(launch(classPath(), List.of("--patch-module=java.base=" + patch)))
                .startsWith("2 Cannot open a hub")
                .contains(ON_CLASS_PATH);
    }

    @Test
    void run_jvmWithoutContinuations_saysSoAndWhatToRemove() throws Exception {
        List<String> flags = new ArrayList<>(List.of(ON_CLASS_PATH.split(" ")));
        flags.addAll(List.of("-XX:+UnlockExperimentalVMOptions", "-XX:-VMContinuations"));

        assertThat(launch(classPath(), flags))
                .startsWith("2 Cannot open a hub: this JVM (" + Runtime.version())
                .contains("without continuations")
                .contains("Remove -XX:-VMContinuations")
                .doesNotContain("Run with JDK 25")
                .doesNotContain("--add-opens")
                .hasLineCount(1);
    }

    /** The JDK's own class with all methods of that name left out. */
    private static void writeWithout(String type, String method, Path patch) throws Exception {
        String file = type.replace('.', '/') + ".class";
        byte[] original;
        try (InputStream in = Objects.requireNonNull(Object.class.getResourceAsStream("/" + file))) {
            original = in.readAllBytes();
        }
        ClassFile format = ClassFile.of();
        byte[] changed = format.transformClass(
                format.parse(original),
                ClassTransform.dropping(element -> element instanceof MethodModel declared
                        && declared.methodName().equalsString(method)));
        Path target = patch.resolve(file);
        Files.createDirectories(target.getParent());
        Files.write(target, changed);
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
