package greenlet.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DESIGN decision 2: one flag opens everything, and its absence is refused with the flag for the actual launch. */
@Tag("continuations")
class OneFlagTest {
    private static final String HELLO = "greenlet.launch.Hello";
    private static final String NAMED = "program/program.Main";

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
    void modulePath_programInAModuleOfItsOwn_runsWithTheFlagAndIsRefusedWithoutIt(@TempDir Path folder)
            throws IOException {
        Path program = namedProgram(folder);
        ChildJvm with = ChildJvm.run(
                List.of("--add-opens", "java.base/java.lang=greenlet.core", "-p", modules(program), "-m", NAMED));
        assertThat(with.output()).isEqualToIgnoringNewLines("hello greenlets from module program");
        assertThat(with.exit()).isZero();

        ChildJvm without = ChildJvm.run(List.of("-p", modules(program), "-m", NAMED));
        assertThat(without.output())
                .contains("Add to the java command (module path): --add-opens java.base/java.lang=greenlet.core");
        assertThat(without.exit()).isEqualTo(1);
    }

    /** Its body is a lambda of that module, its class not exported: nothing but {@code requires} is needed. */
    private static Path namedProgram(Path folder) throws IOException {
        Path source = Files.createDirectories(folder.resolve("source/program"));
        Path declaration = Files.writeString(
                folder.resolve("source/module-info.java"), "module program { requires greenlet.core; }");
        Path main = Files.writeString(source.resolve("Main.java"), """
            package program;

            import greenlet.Greenlet;
            import greenlet.Generator;

            class Main {
                public static void main(String[] args) {
                    Greenlet main = Greenlet.current();
                    Greenlet hello = Greenlet.of("hello", first -> main.switchTo("hello " + first));
                    System.out.println(hello.switchTo("greenlets"));
                    hello.close();
                    for (Object element : Generator.of(out -> out.yield(" from " + Main.class.getModule()))) {
                        System.out.println(element);
                    }
                }
            }
            """);
        Path classes = folder.resolve("classes");
        int exit = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "-p",
                        ChildJvm.core() + File.pathSeparator + jspecify(),
                        "-d",
                        classes.toString(),
                        declaration.toString(),
                        main.toString());
        assertThat(exit).isZero();
        return classes;
    }

    /** What core's declaration names: for the compiler only. */
    private static Path jspecify() {
        try {
            return Path.of(NullMarked.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static String modules(Path program) {
        return ChildJvm.core() + File.pathSeparator + program;
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
