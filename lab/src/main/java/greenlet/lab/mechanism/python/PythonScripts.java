package greenlet.lab.mechanism.python;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The scripts of the Python columns, unpacked from this package's resources into a temporary folder of their own.
 *
 * <p>Safe for use from any thread.
 */
final class PythonScripts implements AutoCloseable {
    /** Where they stand in this build. */
    static final String RESOURCES = "/greenlet/lab/python/";

    static final String PROBE = "probe.py";
    static final String WORKER = "worker.py";

    /** All of them: a jar does not list its folders. */
    static final List<String> NAMES = List.of(
            PROBE,
            WORKER,
            "cores.py",
            "crew.py",
            "held.py",
            "lifeline.py",
            "on_create.py",
            "on_memory.py",
            "on_requests.py",
            "on_science.py",
            "on_server.py",
            "on_sharing.py",
            "on_switch.py",
            "on_timeshare.py",
            "partner.py",
            "protocol.py",
            "spent.py",
            "timing.py");

    private final Path folder;

    private PythonScripts(Path folder) {
        this.folder = folder;
    }

    /**
     * Unpacks them. Blocks on file I/O.
     *
     * @return the scripts; the caller closes them
     * @throws IOException if the temporary folder cannot be written
     */
    static PythonScripts unpack() throws IOException {
        PythonScripts scripts = new PythonScripts(Files.createTempDirectory("greenlet-python-"));
        for (String name : NAMES) {
            try (InputStream script = PythonScripts.class.getResourceAsStream(RESOURCES + name)) {
                if (script == null) {
                    throw new IOException("Cannot unpack " + name + ": it is not in this build. Build again.");
                }
                Files.copy(script, scripts.file(name));
            }
        }
        return scripts;
    }

    /** Where a script stands. */
    Path file(String name) {
        return folder.resolve(name);
    }

    /** Deletes the folder, with what the interpreter has compiled into it. */
    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(PythonScripts::delete);
        } catch (IOException | UncheckedIOException gone) {
            // A temporary folder that cannot be deleted is the system's to clear away.
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
