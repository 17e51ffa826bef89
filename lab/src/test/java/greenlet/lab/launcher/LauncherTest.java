package greenlet.lab.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The {@code greenlet} script with {@code java}s and an {@code mvn} that only say what they are and what they were told; and {@code greenlet run}, where
 * the script becomes the program, with a real one.
 */
class LauncherTest {
    private static final Path SCRIPT =
            Path.of(System.getProperty("greenlet.root", "..")).resolve("greenlet");

    private static final List<String> TOOLS = List.of(
            "awk",
            "cat",
            "dirname",
            "env",
            "find",
            "grep",
            "head",
            "mkdir",
            "mktemp",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "tee",
            "tr");

    @TempDir
    Path dir;

    private Path project;
    private Path jdks;
    private Path commands;
    private Path tools;

    private record Outcome(int exit, String out, String err) {}

    @BeforeEach
    void layOutProject() throws IOException {
        assumeTrue(
                Files.exists(Path.of("/bin/sh")),
                "the launcher is a POSIX shell script and this system has no /bin/sh");
        project = Files.createDirectories(dir.resolve("project"));
        jdks = Files.createDirectories(dir.resolve("jdks"));
        commands = Files.createDirectories(dir.resolve("commands"));
        Files.copy(SCRIPT, project.resolve("greenlet"));
        executable(project.resolve("greenlet"));
        for (String module : List.of("core", "hub", "lab")) {
            Files.createDirectories(project.resolve(module + "/src/main"));
            write(project.resolve(module + "/pom.xml"), "<project/>");
        }
        write(project.resolve("pom.xml"), "<project/>");
        layOutTools();
    }

    @Test
    void findJdk_testedReleaseAmongNewer_isPreferred() throws Exception {
        fakeJdk("a-27", "27");
        Path tested = fakeJdk("b-25", "25.0.3");
        fakeJdk("c-17", "17.0.15");
        assertThat(launch("--find-jdk").out()).isEqualTo(tested + "\n");
    }

    @Test
    void findJdk_onlyNewerThanTested_takesTheOldestAndSaysSoWhenItRuns() throws Exception {
        fakeJdk("a-28", "28-ea");
        Path newer = fakeJdk("b-27", "27.0.1");
        built();
        assertThat(launch("--find-jdk").out()).isEqualTo(newer + "\n");
        Outcome outcome = launch("compare");
        assertThat(outcome.err()).contains("JDK 27 is newer than the one this is tested on (25)");
        assertThat(outcome.out()).contains("java 27.0.1");
    }

    @Test
    void findJdk_onlyOlder_oneLineWithTheRemedyAndExit2() throws Exception {
        fakeJdk("a-17", "17.0.15");
        Outcome outcome = launch("compare");
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err().lines())
                .singleElement()
                .asString()
                .contains("needs JDK 25 and found only JDK 17")
                .contains("Install one")
                .contains("JAVA_HOME");
    }

    @Test
    void findJdk_none_oneLineWithTheRemedyAndExit2() throws Exception {
        Outcome outcome = launch("compare");
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err().lines()).singleElement().asString().contains("needs JDK 25 and found none");
    }

    @Test
    void findJdk_runtimeWithoutCompiler_isNoJdk() throws Exception {
        Files.delete(fakeJdk("a-25", "25.0.3").resolve("bin/javac"));
        assertThat(launch("--find-jdk").exit()).isEqualTo(2);
    }

    @Test
    void findJdk_releaseFile_isReadInsteadOfStartingJava() throws Exception {
        Path home = fakeJdk("a-25", "17");
        write(home.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"25.0.3\"\n");
        assertThat(launch("--find-jdk").out()).isEqualTo(home + "\n");
    }

    @Test
    void findJdk_javaHomeTooOld_looksFurther() throws Exception {
        Path old = fakeJdkAt(dir.resolve("elsewhere/jdk-17"), "17.0.15");
        Path tested = fakeJdk("a-25", "25.0.3");
        assertThat(launch(Map.of("JAVA_HOME", old.toString()), "--find-jdk").out())
                .isEqualTo(tested + "\n");
    }

    @Test
    void findJdk_javaOnPathBehindSymbolicLinks_isFollowed() throws Exception {
        Path home = fakeJdkAt(dir.resolve("elsewhere/jdk-25"), "25.0.3");
        Path alternative = Files.createSymbolicLink(dir.resolve("alternative"), home.resolve("bin/java"));
        Files.createSymbolicLink(commands.resolve("java"), alternative);
        assertThat(launch("--find-jdk").out()).isEqualTo(home.toRealPath() + "\n");
    }

    @Test
    void findJdk_macOsBundle_isEntered() throws Exception {
        Path home = fakeJdkAt(jdks.resolve("temurin-25.jdk/Contents/Home"), "25.0.3");
        assertThat(launch("--find-jdk").out()).isEqualTo(home + "\n");
    }

    @Test
    void findJdk_greenletJavaHomeWithoutJdk_isRefusedByName() throws Exception {
        fakeJdk("a-25", "25.0.3");
        Outcome outcome =
                launch(Map.of("GREENLET_JAVA_HOME", dir.resolve("nothing").toString()), "--find-jdk");
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).contains("GREENLET_JAVA_HOME=" + dir.resolve("nothing") + " holds no JDK");
    }

    @Test
    void run_noMavenAndNoJar_oneLineWithTheRemedyAndExit2() throws Exception {
        fakeJdk("a-25", "25.0.3");
        Outcome outcome = launch("compare");
        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err().lines())
                .singleElement()
                .asString()
                .contains("needs Maven (mvn)")
                .contains("Install it");
    }

    @Test
    void run_missingJar_buildsOnceThenRunsWithTheArgumentsAsTyped() throws Exception {
        fakeJdk("a-25", "25.0.3");
        fakeMaven(0);
        Outcome first = launch("compare", "--out", "two words");
        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.err()).contains("building once with JDK 25").contains("greenlet:   Greenlets: core");
        assertThat(first.out())
                .contains("-jar|" + project.toRealPath().resolve("lab/target/greenlet/greenlet.jar")
                        + "|compare|--out|two words|");
        assertThat(launch("compare").err()).doesNotContain("building");
        assertThat(mavenCalls())
                .hasSize(1)
                .first()
                .asString()
                .contains("-Pquick")
                .contains("-pl lab -am");
    }

    @Test
    void run_sourceNewerThanTheJar_buildsAgain() throws Exception {
        fakeJdk("a-25", "25.0.3");
        fakeMaven(0);
        launch("compare");
        Path source = project.resolve("hub/src/main/Changed.java");
        write(source, "class Changed {}");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(launch("compare").err()).contains("building once");
        assertThat(mavenCalls()).hasSize(2);
    }

    @Test
    void run_failingBuild_showsItsErrorsAndExits1() throws Exception {
        fakeJdk("a-25", "25.0.3");
        fakeMaven(1);
        Outcome outcome = launch("compare");
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err()).contains("[ERROR] what went wrong").contains("target/build.log");
        assertThat(outcome.out()).isEmpty();
    }

    @Test
    void run_lockOfADeadBuild_isTakenOver() throws Exception {
        fakeJdk("a-25", "25.0.3");
        fakeMaven(0);
        Process dead = new ProcessBuilder("/bin/sh", "-c", "exit 0").start();
        dead.waitFor();
        Path lock = Files.createDirectories(project.resolve("target/build.lock"));
        write(lock.resolve("pid"), Long.toString(dead.pid()));
        assertThat(launch("compare").exit()).isZero();
        assertThat(lock).doesNotExist();
    }

    @Test
    void run_twoAtOnce_buildOnce() throws Exception {
        fakeJdk("a-25", "25.0.3");
        fakeMaven(0);
        Process one = start(Map.of(), dir.resolve("one"), "compare");
        Process two = start(Map.of(), dir.resolve("two"), "compare");
        assertThat(finish(one, dir.resolve("one")).exit()).isZero();
        assertThat(finish(two, dir.resolve("two")).exit()).isZero();
        assertThat(mavenCalls()).hasSize(1);
    }

    @Test
    void run_exitStatusOfTheProgram_isPassedOn() throws Exception {
        fakeJdk("a-25", "25.0.3");
        built();
        assertThat(launch("exit-7").exit()).isEqualTo(7);
    }

    /** Says who it is and what it is given, then does as it is told. */
    public static final class Obeys {
        private Obeys() {}

        /**
         * Echoes each line until one is {@code exit}.
         *
         * @param arguments shown
         */
        public static void main(String[] arguments) throws IOException {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
            System.out.println(ProcessHandle.current().pid() + " on a green thread: "
                    + Thread.currentThread().isVirtual() + ", in "
                    + Path.of("").toAbsolutePath().getFileName() + ", " + Arrays.toString(arguments));
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.equals("exit")) {
                    System.exit(7);
                }
                System.out.println("read " + line);
            }
        }
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void run_programOnTheRealJdk_getsItsInputAndArgumentsAndItsStatusIsPassedOn() throws Exception {
        Process process = startProgram("it's", "two  words", "", "$HOME", "a\nb");
        try (Writer in = process.outputWriter()) {
            in.write("one line\nexit\n");
        }

        assertThat(rest(process.inputReader()))
                .isEqualTo(process.pid() + " on a green thread: true, in " + dir.getFileName()
                        + ", [it's, two  words, , $HOME, a\nb]\nread one line\nhook\n");
        assertThat(finish(process).exitValue()).isEqualTo(7);
        assertThat(dir.resolve("tmp")).isEmptyDirectory();
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void run_terminated_isTheProgramThatIs() throws Exception {
        Process process = startProgram();
        BufferedReader out = process.inputReader();
        assertThat(out.readLine()).startsWith(process.pid() + " on a green thread: true");

        process.toHandle().destroy(); // Process.destroy would close its streams, too

        assertThat(rest(out)).isEqualTo("hook\n");
        assertThat(finish(process).exitValue()).isEqualTo(128 + 15); // SIGTERM, as java itself has it
    }

    /** {@code greenlet run} of {@link Obeys}, with the JDK of this test and, for its jar, one that only refers to the classes of this test. */
    private Process startProgram(String... arguments) throws Exception {
        built();
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(Attributes.Name.MAIN_CLASS, "greenlet.lab.cli.Main");
        attributes.put(
                Attributes.Name.CLASS_PATH,
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(entry -> Path.of(entry).toUri().toString())
                        .collect(Collectors.joining(" ")));
        Path jar = project.resolve("lab/target/greenlet/greenlet.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        Path classes = Path.of(
                Obeys.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> words = new ArrayList<>(List.of("run", "--class-path", classes.toString(), Obeys.class.getName()));
        words.addAll(List.of(arguments));
        Path temporary = Files.createDirectories(dir.resolve("tmp"));
        Map<String, String> environment =
                Map.of("GREENLET_JAVA_HOME", System.getProperty("java.home"), "TMPDIR", temporary.toString());
        return launcher(environment, words.toArray(String[]::new))
                .redirectError(dir.resolve("err").toFile())
                .start();
    }

    private Path fakeJdk(String name, String version) throws IOException {
        return fakeJdkAt(jdks.resolve(name), version);
    }

    private static Path fakeJdkAt(Path home, String version) throws IOException {
        Path bin = Files.createDirectories(home.resolve("bin"));
        script(bin.resolve("javac"), "exit 0");
        script(bin.resolve("java"), """
            if [ "$1" = -version ]; then echo 'openjdk version "%1$s" 2026-01-01' >&2; exit 0; fi
            echo "java %1$s"
            printf '%%s|' "$@"; echo
            [ "$3" = exit-7 ] && exit 7
            exit 0
            """.formatted(version));
        return home;
    }

    private void fakeMaven(int exit) throws IOException {
        script(commands.resolve("mvn"), """
            echo "$@" >>'%1$s/maven-calls'
            echo '[INFO] Building Greenlets: core 0.1.0-SNAPSHOT                   [2/4]'
            [ %2$d = 0 ] || { echo '[ERROR] what went wrong'; exit %2$d; }
            mkdir -p lab/target/greenlet && : >lab/target/greenlet/greenlet.jar
            """.formatted(dir, exit));
    }

    private List<String> mavenCalls() throws IOException {
        return Files.readAllLines(dir.resolve("maven-calls"));
    }

    private void built() throws IOException {
        Path folder = Files.createDirectories(project.resolve("lab/target/greenlet"));
        FileTime later = FileTime.from(Instant.now().plusSeconds(60));
        for (String name : List.of("greenlet.jar", "built")) {
            Files.setLastModifiedTime(Files.createFile(folder.resolve(name)), later);
        }
    }

    private Outcome launch(String... arguments) throws Exception {
        return launch(Map.of(), arguments);
    }

    private Outcome launch(Map<String, String> environment, String... arguments) throws Exception {
        Path output = Files.createTempDirectory(dir, "output");
        return finish(start(environment, output, arguments), output);
    }

    private Process start(Map<String, String> environment, Path output, String... arguments) throws IOException {
        Files.createDirectories(output);
        return launcher(environment, arguments)
                .redirectOutput(output.resolve("out").toFile())
                .redirectError(output.resolve("err").toFile())
                .start();
    }

    private ProcessBuilder launcher(Map<String, String> environment, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(project.resolve("greenlet").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(dir.toFile());
        builder.environment().clear();
        builder.environment().put("HOME", dir.resolve("home").toString());
        builder.environment().put("GREENLET_JDK_DIRS", jdks.toString());
        builder.environment().put("PATH", commands + ":" + tools);
        builder.environment().putAll(environment);
        return builder;
    }

    private static String rest(BufferedReader reader) {
        return reader.lines().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static Outcome finish(Process process, Path output) throws Exception {
        int exit = finish(process).exitValue();
        return new Outcome(exit, Files.readString(output.resolve("out")), Files.readString(output.resolve("err")));
    }

    private static Process finish(Process process) throws InterruptedException {
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("the launcher ends")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return process;
    }

    /** A folder with only what the script calls: the machine's own {@code java} and {@code mvn} stay out of sight. */
    private void layOutTools() throws IOException {
        tools = Files.createDirectories(dir.resolve("tools"));
        for (String tool : TOOLS) {
            for (String folder : List.of("/usr/bin/", "/bin/")) {
                if (Files.exists(Path.of(folder + tool))) {
                    script(tools.resolve(tool), "exec " + folder + tool + " \"$@\"\n");
                    break;
                }
            }
        }
    }

    private static void script(Path file, String body) throws IOException {
        write(file, "#!/bin/sh\n" + body);
        executable(file);
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
