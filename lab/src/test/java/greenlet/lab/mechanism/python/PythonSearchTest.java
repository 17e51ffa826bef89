package greenlet.lab.mechanism.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search takes what can do the work, says of everything else what is wrong with it, and waits for nobody. */
class PythonSearchTest {
    /** Long enough for a shell script on a loaded machine; only the fake that never answers waits it out. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder = Path.of("");

    private final PythonScripts scripts = PythonScriptsTest.unpacked();
    private final PythonSearch search = new PythonSearch(new PythonProbe(scripts, PATIENCE));

    @AfterEach
    void cleanUp() {
        scripts.close();
    }

    @Test
    void among_severalCandidates_takesTheFirstThatHasBothPackages() throws Exception {
        Path bare = FakePythons.answering(folder.resolve("a/python3"), FakePythons.BARE);
        Path complete = FakePythons.answering(folder.resolve("b/python3"), FakePythons.COMPLETE);
        Path later = FakePythons.answering(folder.resolve("c/python3"), FakePythons.COMPLETE);

        assertThat(search.among(List.of(bare, complete, later)))
                .isEqualTo(new PythonSearch.Outcome.Found(
                        new Python(complete, "CPython 3.11.2", "2.0.2", "22.10.2", Python.Gil.ALWAYS)));
    }

    @Test
    void among_noneSuitable_saysInOneLineWhatWasTriedAndWhatToInstall() throws Exception {
        Path bare = FakePythons.answering(folder.resolve("a/python3"), FakePythons.BARE);
        Path broken = FakePythons.script(folder.resolve("b/python3"), "exit 127\n");

        String message = messageOf(search.among(List.of(bare, broken)));

        assertThat(message)
                .contains(bare + " lacks greenlet and gevent")
                .contains(broken + " ended with exit code 127")
                .contains("apt-get install python3-greenlet python3-gevent")
                .contains("pip install greenlet gevent")
                .contains("--python PATH")
                .doesNotContain("\n");
    }

    @Test
    void among_noCandidates_saysSo() throws Exception {
        assertThat(messageOf(search.among(List.of()))).contains("there is no python3 at all");
    }

    @Test
    void ask_oneThatNeverAnswers_isGivenUpAndEnded() throws Exception {
        Path pid = folder.resolve("pid");
        Path hanging = FakePythons.script(folder.resolve("python3"), "echo $$ > " + pid + "\nexec sleep 600\n");
        PythonProbe impatient = new PythonProbe(scripts, Duration.ofSeconds(2));

        assertThat(impatient.ask(hanging)).isEqualTo(new Probed.Unusable("did not answer within 2000 ms"));

        var left = ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()));
        if (left.isPresent()) {
            assertThat(left.get().onExit().get(10, TimeUnit.SECONDS).isAlive()).isFalse();
        }
    }

    @Test
    void named_lackingAPackage_saysWhichAndWhatToInstall() throws Exception {
        Path half = FakePythons.answering(
                folder.resolve("python3"),
                "{\"python\": \"CPython 3.12.1\", \"lacks\": [\"gevent\"], \"greenlet\": \"3.1.0\"}");

        assertThat(messageOf(search.named(half)))
                .startsWith("Cannot measure Python with '" + half + "': it lacks gevent. Install")
                .contains("pip install greenlet gevent");
    }

    @Test
    void named_missingOrNoProgram_saysSo() throws Exception {
        assertThat(messageOf(search.named(folder.resolve("nowhere")))).contains("it does not exist");
        Path text = Files.writeString(folder.resolve("notes.txt"), "no program");
        assertThat(messageOf(search.named(text))).contains("it is not executable");
        assertThat(messageOf(search.named(folder))).contains("it is not executable");
    }

    @Test
    void named_anotherProgram_isNotTakenForAPython() throws Exception {
        Path chatty = FakePythons.answering(folder.resolve("chatty"), "hello");
        assertThat(messageOf(search.named(chatty))).contains("does not behave as a Python: its answer is no JSON");
        Path json = FakePythons.answering(folder.resolve("json"), "{\"ruby\": \"3.3\"}");
        assertThat(messageOf(search.named(json))).contains("does not behave as a Python: its answer lacks a version");
    }

    @Test
    void named_freeThreadedBuild_isReportedAsWithoutTheLock() throws Exception {
        Path free = FakePythons.answering(
                folder.resolve("python3.14t"), FakePythons.COMPLETE.replace("}", ", \"gil\": false}"));

        assertThat(search.named(free)).isInstanceOfSatisfying(PythonSearch.Outcome.Found.class, found -> {
            assertThat(found.python().gil()).isEqualTo(Python.Gil.OFF);
            assertThat(found.python().facts())
                    .containsEntry("pythonGil", "off")
                    .containsEntry("pythonGevent", "22.10.2");
        });
    }

    @Test
    void probe_runByARealInterpreterWithoutPackages_listsWhatItLacks() throws Exception {
        // An interpreter that sees no packages but its own: -S leaves site-packages out, -E the environment's paths.
        Path bare = FakePythons.script(folder.resolve("python3"), "exec python3 -S -E \"$@\"\n");

        Probed answer = new PythonProbe(scripts, PATIENCE).ask(bare);

        assertThat(answer)
                .isIn(
                        new Probed.Unusable("lacks greenlet and gevent"),
                        new Probed.Unusable("ended with exit code 127 instead of saying what it is"));
    }

    private static String messageOf(PythonSearch.Outcome outcome) {
        return switch (outcome) {
            case PythonSearch.Outcome.None(String message) -> message;
            case PythonSearch.Outcome.Found(Python python) -> throw new AssertionError("found " + python);
        };
    }
}
