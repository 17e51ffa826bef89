package greenlet.launch;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.internal.LockAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Strict mode with the agent: planted locks are found, and nothing else is. */
@Tag("continuations")
class LockAgentTest {
    private static final String OWNED = "Cannot leave greenlet 'holder': its thread owns a java.util.concurrent.locks.";

    private static Path agent(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.put(new Attributes.Name("Premain-Class"), LockAgent.class.getName());
        attributes.put(new Attributes.Name("Can-Retransform-Classes"), "true");
        attributes.put(Attributes.Name.CLASS_PATH, ChildJvm.core().toUri().toString());
        Path jar = folder.resolve("agent.jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }

    private static ChildJvm run(String... options) {
        return ChildJvm.run(List.of(options), Locking.class);
    }

    @Test
    void strictModeWithTheAgent_findsOwnedLocksInterpretedAndCompiled_andNothingElse(@TempDir Path folder)
            throws IOException {
        ChildJvm child = run("-javaagent:" + agent(folder), "-Dgreenlet.strict=true");
        assertThat(child.output().lines())
                .containsExactly(
                        "nothing: passed",
                        "lock: " + OWNED + "ReentrantLock refused",
                        "lock, later: passed",
                        "fair lock: " + OWNED + "ReentrantLock refused",
                        "fair lock, later: passed",
                        "write lock: " + OWNED + "ReentrantReadWriteLock refused",
                        "write lock, later: passed",
                        "read lock: passed",
                        "read lock, later: passed",
                        "unlocked: passed",
                        "tried: " + OWNED + "ReentrantLock refused",
                        "awaited and unlocked: passed",
                        "awaited: " + OWNED + "ReentrantLock refused",
                        "in a pool's worker: passed",
                        "main's: UNSTARTED",
                        "compiled: 0 wrong");
        assertThat(child.exit()).isZero();
    }

    @Test
    void strictModeWithoutTheAgent_seesMonitorsOnly() {
        ChildJvm child = run("-Dgreenlet.strict=true");
        assertThat(child.output()).contains("lock: passed", "main's: passed").doesNotContain("refused");
    }

    @Test
    void agentWithoutStrictMode_refusesNothing(@TempDir Path folder) throws IOException {
        ChildJvm child = run("-javaagent:" + agent(folder));
        assertThat(child.output()).contains("lock: passed", "main's: passed").doesNotContain("refused");
    }
}
