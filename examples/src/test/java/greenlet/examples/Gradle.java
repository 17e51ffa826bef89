package greenlet.examples;

import static greenlet.examples.MavenProject.group;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Gradle's own classes, which are on Maven Central where Gradle is not, in a JVM of their own that has them do a build's tasks ({@code FollowGradle.java}). They
 * need a Java from 17 to 23.
 */
final class Gradle {
    private static final String VERSION = "8.11.1";
    private static final String DRIVER = "FollowGradle.java";
    private static final Path INSTALLED = Path.of("/usr/lib/jvm");

    private Gradle() {}

    /** Does {@code run}, {@code jar} and {@code installDist} of the folder's {@code build.gradle}; tells what it printed. */
    static MavenProject.Ended follow(MavenProject project, Path folder) throws IOException, InterruptedException {
        project.write("pom.xml", """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>com.example</groupId>
              <artifactId>gradle</artifactId>
              <version>1</version>
              <dependencies>
                <dependency>
                  <groupId>dev.gradleplugins</groupId>
                  <artifactId>gradle-api</artifactId>
                  <version>%s</version>
                </dependency>
              </dependencies>
            </project>
            """.formatted(VERSION));
        MavenProject.Ended resolved = project.maven(
                "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath",
                "-Dmdep.outputFile=gradle.txt");
        assertThat(resolved.exit()).as("%s%s", resolved.out(), resolved.err()).isZero();
        try (InputStream driver = Objects.requireNonNull(Gradle.class.getResourceAsStream(DRIVER))) {
            Files.copy(driver, folder.resolve(DRIVER));
        }
        return project.run(
                Map.of(),
                List.of(
                        suitableJava(),
                        "--add-opens",
                        "java.base/java.lang=ALL-UNNAMED",
                        "--add-opens",
                        "java.base/java.util=ALL-UNNAMED",
                        "-Dmaven.repo.local=" + project.repository(),
                        "-cp",
                        Files.readString(folder.resolve("gradle.txt")),
                        DRIVER,
                        folder.toString(),
                        MavenProject.JAVA));
    }

    /** Maven's, or one where Debian has them. */
    private static String suitableJava() throws IOException {
        Path mavens = Path.of(System.getProperty("greenlet.maven.java", "/"));
        try (Stream<Path> installed = Files.isDirectory(INSTALLED) ? Files.list(INSTALLED) : Stream.of()) {
            return Stream.concat(Stream.of(mavens), installed.sorted())
                    .filter(Gradle::isSuitable)
                    .map(home -> home + "/bin/java")
                    .findFirst()
                    .orElseThrow(() ->
                            new AssertionError("Gradle " + VERSION + " needs a JDK from 17 to 23; there is none in "
                                    + INSTALLED + ", nor does Maven run on one"));
        }
    }

    private static boolean isSuitable(Path home) {
        try {
            int version = Integer.parseInt(group("JAVA_VERSION=\"(\\d+)", Files.readString(home.resolve("release"))));
            return version >= 17 && version <= 23 && Files.isExecutable(home.resolve("bin/javac"));
        } catch (IOException | AssertionError e) {
            return false; // none
        }
    }
}
