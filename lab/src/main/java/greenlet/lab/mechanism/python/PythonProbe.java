package greenlet.lab.mechanism.python;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks an interpreter, in a process of its own and for a limited time, what it is and which packages it has.
 *
 * <p>Immutable.
 */
final class PythonProbe {
    /** A loaded machine with a cold disk needs a few seconds to import gevent. */
    static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final PythonScripts scripts;
    private final Duration patience;

    PythonProbe(PythonScripts scripts, Duration patience) {
        this.scripts = scripts;
        this.patience = patience;
    }

    Probed ask(Path executable) throws InterruptedException {
        if (!Files.isExecutable(executable) || Files.isDirectory(executable)) {
            return new Probed.Unusable(Files.exists(executable) ? "is not executable" : "does not exist");
        }
        try {
            // A file, not a pipe: whatever a wrapper script leaves running cannot hold it open against us.
            Path said = Files.createTempFile("greenlet-probe-", ".json");
            try {
                return ask(executable, said);
            } finally {
                Files.deleteIfExists(said);
            }
        } catch (IOException refused) {
            return new Probed.Unusable("could not be started: " + refused.getMessage());
        }
    }

    private Probed ask(Path executable, Path said) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        executable.toString(), scripts.file(PythonScripts.PROBE).toString())
                .redirectInput(new File("/dev/null"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(said.toFile())
                .start();
        try {
            if (!process.waitFor(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                return new Probed.Unusable("did not answer within " + patience.toMillis() + " ms");
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return process.exitValue() == 0
                ? understand(executable, Files.readString(said, StandardCharsets.UTF_8))
                : new Probed.Unusable("ended with exit code " + process.exitValue() + " instead of saying what it is");
    }

    private static Probed understand(Path executable, String answer) {
        JsonNode found;
        try {
            found = MAPPER.readTree(answer);
        } catch (JacksonException noJson) {
            return new Probed.Unusable("does not behave as a Python: its answer is no JSON");
        }
        if (!found.path("python").isString()) {
            return new Probed.Unusable("does not behave as a Python: its answer lacks a version");
        }
        List<String> lacks = new ArrayList<>();
        found.path("lacks").forEach(lack -> lacks.add(lack.asString()));
        if (!lacks.isEmpty()) {
            return new Probed.Unusable("lacks " + String.join(" and ", lacks));
        }
        return new Probed.Usable(new Python(
                executable,
                found.path("python").asString(),
                found.path("greenlet").asString("?"),
                found.path("gevent").asString("?"),
                gil(found.path("gil"))));
    }

    private static Python.Gil gil(JsonNode enabled) {
        if (!enabled.isBoolean()) {
            return Python.Gil.ALWAYS;
        }
        return enabled.asBoolean() ? Python.Gil.ON : Python.Gil.OFF;
    }
}
