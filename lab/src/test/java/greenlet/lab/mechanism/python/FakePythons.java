package greenlet.lab.mechanism.python;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Scripts that answer as an interpreter would when it runs the probe. */
final class FakePythons {
    static final String COMPLETE =
            "{\"python\": \"CPython 3.11.2\", \"lacks\": [], \"greenlet\": \"2.0.2\", \"gevent\": \"22.10.2\"}";
    static final String BARE = "{\"python\": \"CPython 3.12.1\", \"lacks\": [\"greenlet\", \"gevent\"]}";

    private FakePythons() {}

    /** One that prints an answer. */
    static Path answering(Path file, String answer) throws IOException {
        return script(file, "cat <<'END'\n" + answer + "\nEND\n");
    }

    static Path script(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }
}
