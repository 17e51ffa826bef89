package greenlet.lab.run;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.hub.Hub;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same program by {@code java} and by {@code greenlet run}, each in a process of its own: nobody can tell the difference. */
@Timeout(180)
class RunProgramsTest {
    private static final int PATIENCE_SECONDS = 60;
    private static final String JVM_OPTION = "-Dgreenlet.test=a b";

    @TempDir
    private Path folder;

    /** What a process left: its exit status, its output, and of its errors all but the frames of stacks. */
    record Ran(int exit, String out, String err) {}

    private Ran run(List<String> command) throws IOException, InterruptedException {
        Path in = Files.writeString(folder.resolve("in.txt"), "one line\nanother\n");
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().remove("JDK_JAVA_OPTIONS");
        Process process = builder.redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("Still running after " + PATIENCE_SECONDS + " s: " + command + "\n"
                    + Files.readString(out) + Files.readString(err));
        }
        String errors = Files.readAllLines(err).stream()
                .filter(line -> !line.startsWith("\t") && !line.startsWith("Picked up"))
                .collect(Collectors.joining("\n"));
        return new Ran(process.exitValue(), Files.readString(out), errors);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Path testClasses() {
        return placeOf(Programs.class);
    }

    private static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private Ran direct(String target, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(java(), JVM_OPTION));
        command.addAll(
                target.endsWith(".jar")
                        ? List.of("-jar")
                        : List.of("-cp", testClasses().toString()));
        command.add(target);
        command.addAll(List.of(arguments));
        return run(command);
    }

    private Ran onHub(String target, String... arguments) throws IOException, InterruptedException {
        String classPath = target.endsWith(".jar") ? null : testClasses().toString();
        List<String> options = new ArrayList<>(List.of(JVM_OPTION));
        agent().ifPresent(options::add);
        return run(new HubCommand(options, classPath, null, null, null, target, List.of(arguments)).words());
    }

    /** The hub's jar as an agent; made up if the hub has not been packed yet, as in {@code mvn test}. */
    private Optional<String> agent() throws IOException {
        Path hub = placeOf(Hub.class);
        if (!Files.isDirectory(hub)) {
            return Optional.empty();
        }
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(new Attributes.Name("Premain-Class"), "greenlet.hub.internal.jdk.MakerAgent");
        attributes.put(new Attributes.Name("Can-Retransform-Classes"), "true");
        attributes.put(Attributes.Name.CLASS_PATH, hub.toUri().toString());
        Path jar = folder.resolve("agent.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return Optional.of("-javaagent:" + jar);
    }

    private void assertSame(String target, String... arguments) throws IOException, InterruptedException {
        Ran direct = direct(target, arguments);
        Ran onHub = onHub(target, arguments);

        assertThat(onHub).isEqualTo(direct);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Programs.Throws.class,
                Programs.Handler.class,
                Programs.OwnHandler.class,
                Programs.VirtualDies.class,
                Programs.Exits.class,
                Programs.Halts.class,
                Programs.Outlived.class,
                Programs.Daemons.class,
                Programs.Abandons.class,
                Programs.Inherits.class,
                Programs.NeverReady.class,
                Programs.Works.class,
                Programs.Serves.class,
                Programs.Recurses.class
            })
    void run_program_isAsWithoutAHub(Class<?> program) throws Exception {
        assertSame(program.getName());
    }

    @Test
    void run_surroundings_areAsWithoutAHub() throws Exception {
        String program = Programs.Surroundings.class.getName();

        assertSame(program, "--help", "@file", "", "it's \"quoted\" $HOME `x` ä", "--");

        assertThat(onHub(program).out()).contains("read another", "property a b", "thread main", "loader true");
    }

    @Test
    void run_threadsOfMain_areNoDaemonsAndThoseOfItsVirtualThreadsAre() throws Exception {
        assertThat(onHub(Programs.Daemons.class.getName()).out())
                .isEqualTo("false false false true\nfalse false false true\ntrue true false true\nmain is back\n");
    }

    @Test
    void run_noSuchClass_failsWithTheSameWords() throws Exception {
        assertSame("no.such.Program");

        assertThat(onHub("no.such.Program").exit()).isEqualTo(1);
    }

    @Test
    void run_noMain_failsWithTheSameWords() throws Exception {
        assertSame(Programs.class.getName());
    }

    @Test
    void run_exits_haveTheStatusThatTheyShould() throws Exception {
        assertThat(onHub(Programs.Throws.class.getName()))
                .isEqualTo(new Ran(
                        1,
                        "before\n",
                        "Exception in thread \"main\" java.nio.file.NoSuchFileException: gone: for a test"));
        assertThat(onHub(Programs.Exits.class.getName())).isEqualTo(new Ran(7, "exits\nhook\n", ""));
        assertThat(onHub(Programs.Handler.class.getName()).exit()).isEqualTo(1);
        assertThat(onHub(Programs.OwnHandler.class.getName()))
                .isEqualTo(new Ran(1, "own handler main for the handler\n", ""));
    }

    @Test
    void run_jarWithManifest_isAsWithoutAHub() throws Exception {
        jar("library.jar", new Manifest(), "beside.txt");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Programs.InJar.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, "library.jar");
        manifest.getMainAttributes().put(new Attributes.Name("Add-Opens"), "java.base/java.util");
        jar("app.jar", manifest, Programs.InJar.class.getName().replace('.', '/') + ".class");

        assertSame("app.jar", "-x");
        assertThat(onHub("app.jar", "-x"))
                .isEqualTo(new Ran(0, "size 2\nbeside true\nclass path app.jar\narguments [-x]\n", ""));
    }

    private void jar(String name, Manifest manifest, String entry) throws IOException {
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        try (OutputStream file = Files.newOutputStream(folder.resolve(name));
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            jar.putNextEntry(new JarEntry(entry));
            try (InputStream content = getClass().getClassLoader().getResourceAsStream(entry)) {
                jar.write(content == null ? new byte[1] : content.readAllBytes());
            }
            jar.closeEntry();
        }
    }

    @Test
    void forShell_awkwardArguments_arriveAsTheyAre() throws Exception {
        HubCommand command = new HubCommand(
                List.of(),
                testClasses().toString(),
                null,
                null,
                null,
                Programs.Surroundings.class.getName(),
                List.of("it's", "a b", "", "$HOME", "two\nlines", "back\\slash"));

        Ran ran = run(List.of("sh", "-c", "eval \"set -- $(cat \"$0\")\"; exec \"$@\"", plan(command)));

        assertThat(ran.out()).startsWith("arguments [it's, a b, , $HOME, two\nlines, back\\slash]\n");
    }

    private String plan(HubCommand command) throws IOException {
        return Files.writeString(folder.resolve("plan"), command.forShell()).toString();
    }

    @Test
    void words_ofAClassOnAPath_addNothingOfTheLab() {
        List<String> words = new HubCommand(
                        List.of("-Xmx1g"), "x" + File.pathSeparator + "y", 50L, 70L, "HUP", "a.B", List.of("c"))
                .words();

        assertThat(words).containsSubsequence("-Xmx1g", "-cp", "greenlet.hub.launch.OnHub", "--watch=50");
        assertThat(words).containsSubsequence("--watch=50", "--idle-limit=70", "--dump-on-signal=HUP", "a.B", "c");
        String classPath = words.get(words.indexOf("-cp") + 1);
        assertThat(classPath)
                .startsWith("x" + File.pathSeparator + "y" + File.pathSeparator)
                .doesNotContain("lab");
        assertThat(classPath.split(File.pathSeparator, -1)).hasSize(4);
    }
}
