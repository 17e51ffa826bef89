package greenlet.examples;

import static greenlet.examples.MavenProject.JAVA;
import static greenlet.examples.MavenProject.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The blocks of {@code docs/getting-started.md} make projects that Maven builds and tests and {@code java} runs. The first needs no network: its plugins
 * are those of this build. Spring Boot's and Gradle's come from Maven Central, so that they run only where the fuller proofs do.
 */
@Timeout(180)
class GettingStartedTest {
    private static final String PAGE = "docs/getting-started.md";
    private static final String FLAG = "--add-opens java.base/java.lang=ALL-UNNAMED";
    private static final String SPRING = "### Spring Boot";
    private static final String GRADLE = "### Gradle";
    private static final String SPRING_BOOT = "3.5.9";

    @TempDir
    private Path folder;

    @Test
    void project_ofThePagesBlocks_isBuiltTestedAndRun() throws Exception {
        assumeTrue(MavenProject.isPossible(), "the jars of core and hub are not built");
        try (MavenProject project = new MavenProject(folder)) {
            buildAndRun(project);
        }
    }

    private void buildAndRun(MavenProject project) throws Exception {
        writeSources(project);
        project.write("pom.xml", pom());
        MavenProject.Ended built = project.maven("-o", "package");
        assertThat(built.exit()).as("%s%s", built.out(), built.err()).isZero();
        assertThat(Files.readString(folder.resolve("target/surefire-reports/com.example.MainTest.txt")))
                .contains("Tests run: 1, Failures: 0");
        Path lib = Files.createDirectory(folder.resolve("target/lib"));
        for (String module : List.of("core", "hub")) {
            Path jar = MavenProject.jar(module);
            Files.copy(jar, lib.resolve(jar.getFileName()));
        }

        String printed = Page.only(PAGE, "text", "## A first program") + "\n";
        assertThat(printedBy(project, Map.of(), List.of(JAVA, "-jar", "target/app.jar")))
                .isEqualTo(printed);
        List<String> command = commandOfTheDockerfile();
        assertThat(printedBy(project, Map.of(), command)).isEqualTo(printed);

        List<String> without = new ArrayList<>(command);
        without.remove("--add-opens");
        without.remove("java.base/java.lang=ALL-UNNAMED");
        MavenProject.Ended refused = project.run(Map.of(), without);
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.err()).contains(FLAG);
        assertThat(printedBy(project, Map.of("JDK_JAVA_OPTIONS", inlineAfter("JDK_JAVA_OPTIONS='", "'")), without))
                .isEqualTo(printed);
        assertThat(printedBy(
                        project, Map.of("JAVA_TOOL_OPTIONS", inlineAfter("in place of the blank: `", "`")), without))
                .isEqualTo(printed);
    }

    private static String printedBy(MavenProject project, Map<String, String> environment, List<String> command)
            throws Exception {
        MavenProject.Ended ended = project.run(environment, command);
        assertThat(ended.exit()).as(ended.err()).isZero();
        return ended.out();
    }

    @Test
    @DisabledIfSystemProperty(
            named = "greenlet.proofs",
            matches = "default",
            disabledReason = "needs Spring Boot of Maven Central")
    void springBoot_fromItsJarAndByItsPlugin_runsAHub() throws Exception {
        assumeTrue(MavenProject.isPossible(), "the jars of core and hub are not built");
        try (MavenProject project = new MavenProject(folder)) {
            writeSources(project);
            project.write("src/main/java/com/example/Application.java", """
                package com.example;

                import org.springframework.boot.CommandLineRunner;
                import org.springframework.boot.SpringApplication;
                import org.springframework.boot.autoconfigure.SpringBootApplication;

                @SpringBootApplication
                public class Application implements CommandLineRunner {
                    public static void main(String[] args) {
                        SpringApplication.run(Application.class, args);
                    }

                    @Override
                    public void run(String... args) {
                        System.out.println(Main.talk());
                    }
                }
                """);
            project.write("pom.xml", springPom());
            String talk = Page.only(PAGE, "text", "## A first program")
                    .lines()
                    .findFirst()
                    .orElseThrow();

            MavenProject.Ended ran =
                    project.maven("package", "spring-boot:run", "-Dspring-boot.run.mainClass=com.example.Application");
            assertThat(ran.exit()).as("%s%s", ran.out(), ran.err()).isZero();
            assertThat(ran.out()).contains(talk);
            assertThat(printedBy(project, Map.of(), List.of(JAVA, "-jar", "target/app.jar")))
                    .contains(talk);
        }
    }

    @Test
    @DisabledIfSystemProperty(
            named = "greenlet.proofs",
            matches = "default",
            disabledReason = "needs the classes of Gradle, 200 MB of Maven Central")
    void gradle_ofThePagesBlock_runsTestsAndInstallsWithTheFlag() throws Exception {
        assumeTrue(MavenProject.isPossible(), "the jars of core and hub are not built");
        try (MavenProject project = new MavenProject(folder)) {
            writeSources(project);
            Javac.compile(
                    Files.createDirectories(folder.resolve("build/classes/java/main")),
                    List.of(folder.resolve("src/main/java/com/example/Main.java")),
                    MavenProject.jar("core") + ":" + MavenProject.jar("hub"));
            project.write("build.gradle", "apply plugin: 'application'\n" + Page.only(PAGE, "groovy", GRADLE));
            String printed = Page.only(PAGE, "text", "## A first program") + "\n";

            MavenProject.Ended followed = Gradle.follow(project, folder);
            assertThat(followed.exit())
                    .as("%s%s", followed.out(), followed.err())
                    .isZero();
            assertThat(followed.out()).contains(printed); // by the task "run"
            assertThat(followed.out().lines().filter(line -> line.startsWith("test: ")))
                    .containsExactly("test: --add-opens", "test: java.base/java.lang=ALL-UNNAMED");

            Path installed = folder.resolve("build/install/app");
            Map<String, String> java = Map.of("JAVA_HOME", System.getProperty("java.home"));
            assertThat(printedBy(project, java, List.of(installed + "/bin/app")))
                    .isEqualTo(printed);
            assertThat(printedBy(project, Map.of(), List.of(JAVA, "-jar", installed + "/lib/app.jar")))
                    .isEqualTo(printed);
        }
    }

    @Test
    void flag_isTheSameInEveryBlock() throws IOException {
        assertThat(Page.only(PAGE, "text", "## The one flag")).isEqualTo(FLAG);
        for (String heading : List.of("### Surefire, and Failsafe alike", SPRING, GRADLE, "### Dockerfile")) {
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

    private static void writeSources(MavenProject project) throws IOException {
        for (Page.Block block : Page.blocks(PAGE, "java")) {
            String name = group("class (\\w+)", block.text());
            project.write(
                    "src/%s/java/com/example/%s.java".formatted(name.endsWith("Test") ? "test" : "main", name),
                    block.text());
        }
    }

    private static String pom() throws IOException {
        return pom("", MavenProject.plugin("compiler") + MavenProject.plugin("resources") + plugins(), "");
    }

    /** With Spring Boot's parent, its own block, and no {@code manifest} in the jar's. */
    private static String springPom() throws IOException {
        String parent = "<parent><groupId>org.springframework.boot</groupId>"
                + "<artifactId>spring-boot-starter-parent</artifactId><version>" + SPRING_BOOT
                + "</version><relativePath/></parent>";
        return pom(
                parent,
                Page.only(PAGE, "xml", SPRING) + plugins().replaceAll("(?s)<manifest>.*?</manifest>", ""),
                "<dependency><groupId>org.springframework.boot</groupId>"
                        + "<artifactId>spring-boot-starter</artifactId></dependency>");
    }

    /** The page's plugins but Spring's. */
    private static String plugins() throws IOException {
        return Page.blocks(PAGE, "xml").stream()
                .filter(block -> !block.heading().equals(SPRING))
                .map(Page.Block::text)
                .filter(text -> text.startsWith("<plugin>"))
                .collect(Collectors.joining());
    }

    private static String pom(String parent, String plugins, String dependency) throws IOException {
        StringBuilder pom = new StringBuilder("""
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              %s
              <groupId>com.example</groupId>
              <artifactId>app</artifactId>
              <version>1</version>
              <properties>
                <maven.compiler.release>25</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
            """.formatted(parent));
        String junit = "<dependency><groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId>"
                + "<version>%s</version><scope>test</scope></dependency>"
                        .formatted(group("<junit.version>(.*?)<", Page.text("pom.xml")));
        for (Page.Block block : Page.blocks(PAGE, "xml")) {
            if (block.text().startsWith("<dependencies>")) {
                pom.append(block.text().replace("</dependencies>", junit + dependency + "</dependencies>"));
            } else if (!block.text().startsWith("<plugin>")) {
                pom.append(block.text());
            }
        }
        return pom.append("<build><finalName>app</finalName><plugins>")
                .append(plugins)
                .append("</plugins></build></project>")
                .toString();
    }

    private List<String> commandOfTheDockerfile() throws IOException {
        String line = Page.only(PAGE, "dockerfile", "### Dockerfile")
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

    private static String inlineAfter(String before, String after) throws IOException {
        return group(Pattern.quote(before) + "(.*?)" + Pattern.quote(after), Page.text(PAGE));
    }
}
