package greenlet.lab.mechanism.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every interpreter that stands somewhere is tried, and each once. */
class PythonCandidatesTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void list_wholePath_notOnlyItsFirstEntry() throws IOException {
        Path first = python("first/python3");
        Path second = python("second/python3");
        Path plain = python("second/python");

        assertThat(list("first", "second")).containsExactly(first, second, plain);
    }

    @Test
    void list_systemFoldersAndPyenv_comeAfterThePath() throws IOException {
        Path onPath = python("path/python3");
        Path system = python("system/python3");
        Path older = python("pyenv/versions/3.11.7/bin/python3");
        Path newer = python("pyenv/versions/3.12.1/bin/python3");

        assertThat(PythonCandidates.list(at("path"), List.of(folder.resolve("system")), folder.resolve("pyenv")))
                .containsExactly(onPath, system, newer, older);
    }

    @Test
    void list_sameFolderByTwoNames_countsOnce() throws IOException {
        Path real = python("usr/bin/python3");
        Files.createSymbolicLink(folder.resolve("bin"), folder.resolve("usr/bin"));

        assertThat(list("usr/bin", "bin", "usr/bin")).containsExactly(real);
    }

    @Test
    void list_twoLinksToOneFileInOneFolder_countOnce() throws IOException {
        python("bin/python3.11");
        Path link = Files.createSymbolicLink(folder.resolve("bin/python3"), folder.resolve("bin/python3.11"));
        Files.createSymbolicLink(folder.resolve("bin/python"), folder.resolve("bin/python3.11"));

        assertThat(list("bin")).containsExactly(link);
    }

    @Test
    void list_virtualEnvironment_countsBesideTheInterpreterItLinksTo() throws IOException {
        Path system = python("bin/python3");
        Files.createDirectories(folder.resolve("venv/bin"));
        Path linked = Files.createSymbolicLink(folder.resolve("venv/bin/python3"), system);

        assertThat(list("bin", "venv/bin")).containsExactly(system, linked);
    }

    @Test
    void list_foldersOrPlainFilesOfThatName_areNoInterpreters() throws IOException {
        Files.createDirectories(folder.resolve("a/python3"));
        Files.createDirectories(folder.resolve("b"));
        Files.writeString(folder.resolve("b/python3"), "text");

        assertThat(list("a", "b", "missing", "")).isEmpty();
    }

    private List<Path> list(String... path) {
        return PythonCandidates.list(at(path), List.of(), folder.resolve("no-pyenv"));
    }

    private String at(String... names) {
        return String.join(
                File.pathSeparator,
                List.of(names).stream()
                        .map(name -> name.isEmpty() ? "" : folder.resolve(name).toString())
                        .toList());
    }

    private Path python(String name) throws IOException {
        return FakePythons.answering(folder.resolve(name), FakePythons.COMPLETE);
    }
}
