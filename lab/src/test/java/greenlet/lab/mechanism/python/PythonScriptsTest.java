package greenlet.lab.mechanism.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is shipped is what is unpacked, and nothing of it stays. */
class PythonScriptsTest {
    static PythonScripts unpacked() {
        try {
            return PythonScripts.unpack();
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    @Test
    void names_areAllScriptsOfThisBuild() throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(PythonScripts.class.getResource(PythonScripts.RESOURCES))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            List<String> shipped = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".py"))
                    .toList();
            assertThat(PythonScripts.NAMES).containsExactlyInAnyOrderElementsOf(shipped);
        }
    }

    @Test
    void close_deletesTheFolderWithWhatWasCompiledIntoIt() throws IOException {
        PythonScripts scripts = PythonScripts.unpack();
        Path folder = Objects.requireNonNull(scripts.file(PythonScripts.WORKER).getParent());
        Files.createDirectories(folder.resolve("__pycache__"));
        Files.writeString(folder.resolve("__pycache__/worker.pyc"), "compiled");
        assertThat(scripts.file(PythonScripts.PROBE)).isRegularFile();

        scripts.close();

        assertThat(folder).doesNotExist();
    }
}
