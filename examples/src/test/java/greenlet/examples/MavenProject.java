package greenlet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A project that a reader makes of a page's blocks, in a folder of its own, with what {@code mvn install} would have installed. */
final class MavenProject implements AutoCloseable {
    static final String JAVA = System.getProperty("java.home") + "/bin/java";

    private static final String VERSION = "0.1.0-SNAPSHOT";
    private static final int PATIENCE_SECONDS = 150;

    /** How a command ended and what it said. */
    record Ended(int exit, String out, String err) {}

    private final Path folder;
    private final Path repository;

    /** With all of this build's local repository, by links. */
    MavenProject(Path folder) throws IOException {
        this.folder = folder;
        this.repository = Files.createDirectory(folder.resolve("repository"));
        Path ours =
                Path.of(System.getProperty("greenlet.repository", System.getProperty("user.home") + "/.m2/repository"));
        try (Stream<Path> groups = Files.list(ours)) {
            for (Path group :
                    groups.filter(group -> !group.endsWith("greenlet")).toList()) {
                Files.createSymbolicLink(repository.resolve(group.getFileName()), group);
            }
        }
        install("core", jar("core"));
        install("hub", jar("hub"));
        install("bom", null);
    }

    /** Tells whether the jars of this build are there: {@code mvn verify} builds them, {@code mvn test} does not. */
    static boolean isPossible() {
        return Files.exists(jar("core")) && Files.exists(jar("hub"));
    }

    static Path jar(String module) {
        return Page.root().resolve("%1$s/target/greenlet-%1$s-%2$s.jar".formatted(module, VERSION));
    }

    /** The local repository. */
    Path repository() {
        return repository;
    }

    private void install(String module, @Nullable Path jar) throws IOException {
        String artifact = "greenlet-" + module;
        Path into = Files.createDirectories(
                repository.resolve("greenlet").resolve(artifact).resolve(VERSION));
        Files.copy(
                Page.root().resolve(module).resolve(".flattened-pom.xml"),
                into.resolve(artifact + "-" + VERSION + ".pom"));
        if (jar != null) {
            Files.copy(jar, into.resolve(jar.getFileName()));
        }
    }

    /** A plugin in this build's version, which is there already. */
    static String plugin(String name) throws IOException {
        return "<plugin><artifactId>maven-%s-plugin</artifactId><version>%s</version></plugin>"
                .formatted(
                        name, group("maven-" + name + "-plugin</artifactId>\\s*<version>(.*?)<", Page.text("pom.xml")));
    }

    void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }

    /** Quietly, on the JDK of this test. */
    Ended maven(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("greenlet.maven", "mvn"), "-q", "-B", "-ntp", "-Dmaven.repo.local=" + repository));
        command.addAll(List.of(arguments));
        return run(Map.of("JAVA_HOME", System.getProperty("java.home")), command);
    }

    /** In the project's folder, without the options that this JVM's environment may hold. */
    Ended run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment()
                .keySet()
                .removeAll(List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "MAVEN_OPTS", "MAVEN_ARGS"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running: " + command + Files.readString(out) + Files.readString(err));
        }
        return new Ended(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    /** Before the folder is deleted: nobody shall follow the links. */
    @Override
    public void close() throws IOException {
        try (Stream<Path> groups = Files.list(repository)) {
            for (Path group : groups.filter(Files::isSymbolicLink).toList()) {
                Files.delete(group);
            }
        }
    }

    /** The first group of a pattern that must occur. */
    static String group(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return Objects.requireNonNull(matcher.group(1));
    }
}
