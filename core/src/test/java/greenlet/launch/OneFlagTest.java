package greenlet.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DESIGN decision 2: one flag opens everything, and its absence is refused with the flag for the actual launch. */
@Tag("continuations")
class OneFlagTest {
    private static final String HELLO = "greenlet.launch.Hello";

    @Test
    void classPath_withTheFlag_runs() {
        ChildJvm child = ChildJvm.run(
                List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED", "-cp", ChildJvm.classPath(), HELLO));
        assertThat(child.output()).isEqualToIgnoringNewLines("hello greenlets");
        assertThat(child.exit()).isZero();
    }

    @Test
    void classPath_withoutTheFlag_refusesWithTheFlagForTheClassPath() {
        ChildJvm child = ChildJvm.run(List.of("-cp", ChildJvm.classPath(), HELLO));
        assertThat(child.output())
                .contains("Cannot start greenlets: java.base does not open java.lang to them.")
                .contains("Add to the java command (class path): --add-opens java.base/java.lang=ALL-UNNAMED");
        assertThat(child.exit()).isEqualTo(1);
    }

    @Test
    void modulePath_withTheFlag_runs() {
        ChildJvm child = ChildJvm.run(modulePath("--add-opens", "java.base/java.lang=greenlet.core"));
        assertThat(child.output()).isEqualToIgnoringNewLines("hello greenlets");
        assertThat(child.exit()).isZero();
    }

    @Test
    void modulePath_withoutTheFlag_refusesWithTheFlagForTheModulePath() {
        ChildJvm child = ChildJvm.run(modulePath());
        assertThat(child.output())
                .contains("Add to the java command (module path): --add-opens java.base/java.lang=greenlet.core");
        assertThat(child.exit()).isEqualTo(1);
    }

    /** Core as a module, the program in the unnamed one. */
    private static List<String> modulePath(String... flags) {
        List<String> arguments = new ArrayList<>(List.of(flags));
        arguments.addAll(List.of(
                "-p",
                ChildJvm.core().toString(),
                "--add-modules",
                "greenlet.core",
                "-cp",
                ChildJvm.tests().toString(),
                HELLO));
        return arguments;
    }

    @Test
    void jar_withTheManifestLine_needsNoFlag(@TempDir Path folder) throws IOException {
        ChildJvm child = ChildJvm.run(List.of("-jar", jar(folder, true).toString()));
        assertThat(child.output()).isEqualToIgnoringNewLines("hello greenlets");
        assertThat(child.exit()).isZero();
    }

    @Test
    void jar_withoutTheManifestLine_refusesNamingIt(@TempDir Path folder) throws IOException {
        ChildJvm child = ChildJvm.run(List.of("-jar", jar(folder, false).toString()));
        assertThat(child.output()).contains("Add-Opens: java.base/java.lang");
        assertThat(child.exit()).isEqualTo(1);
    }

    private static Path jar(Path folder, boolean opens) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, HELLO);
        attributes.put(Attributes.Name.CLASS_PATH, ChildJvm.core().toUri().toString());
        if (opens) {
            attributes.put(new Attributes.Name("Add-Opens"), "java.base/java.lang");
        }
        Path jar = folder.resolve("hello.jar");
        String entry = HELLO.replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry(entry));
            Files.copy(ChildJvm.tests().resolve(entry), out);
            out.closeEntry();
        }
        return jar;
    }

    @Test
    void portableBinding_onRequest_needsNoFlag() {
        ChildJvm child = ChildJvm.run(List.of("-Dgreenlet.binding=portable", "-cp", ChildJvm.classPath(), HELLO));
        assertThat(child.output()).isEqualToIgnoringNewLines("hello greenlets");
        assertThat(child.exit()).isZero();
    }

    @Test
    void unknownBinding_isRefusedWithTheKnownOnes() {
        ChildJvm child = ChildJvm.run(List.of("-Dgreenlet.binding=magic", "-cp", ChildJvm.classPath(), HELLO));
        assertThat(child.output())
                .contains("-Dgreenlet.binding=magic names no binding. Use 'continuation' (the default) or 'portable'.");
        assertThat(child.exit()).isEqualTo(1);
    }
}
