package greenlet.lab.fork;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive beside a jar as the build makes it: its dependencies in {@code lib}, named by its manifest. */
class ClassArchiveTest {
    @TempDir
    Path folder;

    @Test
    void archive_brokenStaleOrFresh_isIgnoredMadeAnewOrUsed() throws Exception {
        Path jar = build();
        assertThat(probe(jar, "use", "work"))
                .as("without an archive workers load their classes themselves")
                .containsExactly("use false", "work 0 well alone");

        Path archive =
                folder.resolve(System.getProperty("java.vm.version").replaceAll("[^A-Za-z0-9.+-]", "_") + ".jsa");
        Files.write(archive, new byte[100_000]);
        assertThat(probe(jar, "use", "work"))
                .as("a broken one is ignored")
                .containsExactly("use true", "work 0 well alone");

        Files.setLastModifiedTime(archive, FileTime.from(Instant.now().minusSeconds(60)));
        assertThat(probe(jar, "use", "make", "use", "work"))
                .as("one that is older than the jar is made anew, and workers use it")
                .containsExactly("use false", "make true", "use true", "work 0 well shared");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .as("nothing unfinished is left")
                    .containsExactlyInAnyOrder(
                            "greenlet.jar", "lib", archive.getFileName().toString());
        }

        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(probe(jar, "use")).as("the jar was built anew").containsExactly("use false");
    }

    @Test
    void archive_ofClassesInFolders_isNotWorthMaking() {
        assertThat(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .as("where these tests run")
                .anyMatch(entry -> Files.isDirectory(Path.of(entry)));
        assertThat(ClassArchive.isWorthMaking(1000)).isFalse();
        assertThat(ClassArchive.use()).isFalse();
    }

    private static List<String> probe(Path jar, String... steps) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString()));
        command.addAll(List.of(steps));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        return said.lines().toList();
    }

    private Path build() throws IOException {
        Path lib = Files.createDirectory(folder.resolve("lib"));
        List<String> names = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (!entry.isEmpty() && Files.exists(path)) {
                String name = names.size() + ".jar";
                if (Files.isDirectory(path)) {
                    pack(path, lib.resolve(name), new Manifest());
                } else {
                    Files.createSymbolicLink(lib.resolve(name), path.toAbsolutePath());
                }
                names.add("lib/" + name);
            }
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, ArchiveProbe.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, String.join(" ", names));
        Path jar = folder.resolve("greenlet.jar");
        pack(Files.createDirectory(folder.resolve("nothing")), jar, manifest);
        Files.delete(folder.resolve("nothing"));
        return jar;
    }

    private static void pack(Path classes, Path jar, Manifest manifest) throws IOException {
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                Stream<Path> found = Files.walk(classes)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                String name = classes.relativize(file).toString().replace(File.separatorChar, '/');
                if (!name.equals("META-INF/MANIFEST.MF")) {
                    out.putNextEntry(new JarEntry(name));
                    Files.copy(file, out);
                    out.closeEntry();
                }
            }
        }
    }
}
