package greenlet.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The blocks of {@code docs/getting-started.md} make a project that Maven builds and tests and {@code java} runs. It depends on what {@code mvn install}
 * would install, put into a local repository of its own, and needs no network: its plugins are those of this build.
 */
@Timeout(180)
class GettingStartedTest {
    private static final String PAGE = "docs/getting-started.md";
    private static final String FLAG = "--add-opens java.base/java.lang=ALL-UNNAMED";
    private static final String VERSION = "0.1.0-SNAPSHOT";
    private static final String JAVA = System.getProperty("java.home") + "/bin/java";

    private record Ended(int exit, String out, String err) {}

    @TempDir
    private Path folder;

    @Test
    void project_ofThePagesBlocks_isBuiltTestedAndRun() throws Exception {
        Path core = jar("core");
        Path hub = jar("hub");
        assumeTrue(
                Files.exists(core) && Files.exists(hub),
                "the jars of core and hub are not built: mvn verify builds them, mvn test does not");
        Path repository = repositoryWith(core, hub);
        try {
            buildAndRun(repository, core, hub);
        } finally {
            unlink(repository);
        }
    }

    private void buildAndRun(Path repository, Path core, Path hub) throws Exception {
        writeProject();
        String maven = System.getProperty("greenlet.maven", "mvn");
        Ended built = run(
                Map.of("JAVA_HOME", System.getProperty("java.home")),
                List.of(maven, "-o", "-q", "-B", "package", "-Dmaven.repo.local=" + repository));
        assertThat(built.exit).as("%s%s", built.out, built.err).isZero();
        assertThat(Files.readString(folder.resolve("target/surefire-reports/com.example.MainTest.txt")))
                .contains("Tests run: 1, Failures: 0");
        Path lib = Files.createDirectory(folder.resolve("target/lib"));
        Files.copy(core, lib.resolve(core.getFileName()));
        Files.copy(hub, lib.resolve(hub.getFileName()));

        String printed = only("text", "## A first program") + "\n";
        assertThat(printedBy(Map.of(), List.of(JAVA, "-jar", "target/app.jar"))).isEqualTo(printed);
        List<String> command = commandOfTheDockerfile();
        assertThat(printedBy(Map.of(), command)).isEqualTo(printed);

        List<String> without = new ArrayList<>(command);
        without.remove("--add-opens");
        without.remove("java.base/java.lang=ALL-UNNAMED");
        Ended refused = run(Map.of(), without);
        assertThat(refused.exit).isNotZero();
        assertThat(refused.err).contains(FLAG);
        assertThat(printedBy(Map.of("JDK_JAVA_OPTIONS", inlineAfter("JDK_JAVA_OPTIONS='", "'")), without))
                .isEqualTo(printed);
        assertThat(printedBy(Map.of("JAVA_TOOL_OPTIONS", inlineAfter("in place of the blank: `", "`")), without))
                .isEqualTo(printed);
    }

    private String printedBy(Map<String, String> environment, List<String> command) throws Exception {
        Ended ended = run(environment, command);
        assertThat(ended.exit).as(ended.err).isZero();
        return ended.out;
    }

    @Test
    void flag_isTheSameInEveryBlock() throws IOException {
        assertThat(only("text", "## The one flag")).isEqualTo(FLAG);
        for (String heading :
                List.of("### Surefire, and Failsafe alike", "### Spring Boot", "### Gradle", "### Dockerfile")) {
            assertThat(Page.of(PAGE).blocks().stream()
                            .filter(block -> block.heading().equals(heading))
                            .filter(block -> !block.language().equals("java"))
                            .map(block -> block.text()
                                    .replaceAll("[\\[\\]'\",]+", " ")
                                    .replaceAll(" +", " ")))
                    .as(heading)
                    .isNotEmpty()
                    .allSatisfy(text -> assertThat(text).contains(FLAG));
        }
    }

    private void writeProject() throws IOException {
        for (Page.Block block : Page.blocks(PAGE, "java")) {
            String name = group("class (\\w+)", block.text());
            Path file = folder.resolve(
                    "src/%s/java/com/example/%s.java".formatted(name.endsWith("Test") ? "test" : "main", name));
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, block.text());
        }
        String root = Files.readString(Page.root().resolve("pom.xml"));
        StringBuilder pom = new StringBuilder("""
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>com.example</groupId>
              <artifactId>app</artifactId>
              <version>1</version>
              <properties>
                <maven.compiler.release>25</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
            """);
        StringBuilder plugins = new StringBuilder(plugin("compiler", root) + plugin("resources", root));
        for (Page.Block block : Page.blocks(PAGE, "xml")) {
            if (block.text().startsWith("<plugin>")) {
                plugins.append(block.heading().equals("### Spring Boot") ? "" : block.text());
            } else if (block.text().startsWith("<dependencies>")) {
                String junit = "<dependency><groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId>"
                        + "<version>%s</version><scope>test</scope></dependency></dependencies>"
                                .formatted(group("<junit.version>(.*?)<", root));
                pom.append(block.text().replace("</dependencies>", junit));
            } else {
                pom.append(block.text());
            }
        }
        pom.append("<build><finalName>app</finalName><plugins>").append(plugins).append("</plugins></build></project>");
        Files.writeString(folder.resolve("pom.xml"), pom);
    }

    /** In this build's version, which is there already. */
    private static String plugin(String name, String root) {
        return "<plugin><artifactId>maven-%s-plugin</artifactId><version>%s</version></plugin>"
                .formatted(name, group("maven-" + name + "-plugin</artifactId>\\s*<version>(.*?)<", root));
    }

    /** All of this build's local repository by links, and what {@code mvn install} would add to it. */
    private Path repositoryWith(Path core, Path hub) throws IOException {
        Path repository = Files.createDirectory(folder.resolve("repository"));
        Path ours =
                Path.of(System.getProperty("greenlet.repository", System.getProperty("user.home") + "/.m2/repository"));
        try (Stream<Path> groups = Files.list(ours)) {
            for (Path group :
                    groups.filter(group -> !group.endsWith("greenlet")).toList()) {
                Files.createSymbolicLink(repository.resolve(group.getFileName()), group);
            }
        }
        install(repository, "core", core);
        install(repository, "hub", hub);
        install(repository, "bom", null);
        return repository;
    }

    /** Before the folder is deleted: nobody shall follow these. */
    private static void unlink(Path repository) throws IOException {
        try (Stream<Path> groups = Files.list(repository)) {
            for (Path group : groups.filter(Files::isSymbolicLink).toList()) {
                Files.delete(group);
            }
        }
    }

    private static void install(Path repository, String module, @Nullable Path jar) throws IOException {
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

    private static Path jar(String module) {
        return Page.root().resolve("%1$s/target/greenlet-%1$s-%2$s.jar".formatted(module, VERSION));
    }

    private List<String> commandOfTheDockerfile() throws IOException {
        String line = only("dockerfile", "### Dockerfile")
                .lines()
                .filter(each -> each.startsWith("CMD "))
                .findFirst()
                .orElseThrow();
        Matcher words = Pattern.compile("\"([^\"]*)\"").matcher(line);
        List<String> command = new ArrayList<>();
        while (words.find()) {
            command.add(words.group(1).replace("/app/", folder + "/target/"));
        }
        assertThat(command.getFirst()).isEqualTo("java");
        command.set(0, JAVA);
        return command;
    }

    private static String only(String language, String heading) throws IOException {
        List<String> texts = Page.blocks(PAGE, language).stream()
                .filter(block -> block.heading().equals(heading))
                .map(Page.Block::text)
                .toList();
        assertThat(texts).as("%s blocks under %s", language, heading).hasSize(1);
        return texts.getFirst();
    }

    private static String inlineAfter(String before, String after) throws IOException {
        return group(
                Pattern.quote(before) + "(.*?)" + Pattern.quote(after),
                Files.readString(Page.root().resolve(PAGE)));
    }

    private static String group(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return Objects.requireNonNull(matcher.group(1));
    }

    private Ended run(Map<String, String> environment, List<String> command) throws Exception {
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
        if (!process.waitFor(150, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running: " + command);
        }
        return new Ended(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
