package greenlet.lab.fork;

import greenlet.lab.process.JvmCommand;
import greenlet.lab.process.ProcessTree;
import greenlet.lab.scenario.Pace;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The classes of the workers, loaded and checked once and then shared by all of them (application class-data sharing, JEP 350): a worker
 * then starts in half the time, which leaves more of the budget to measure. It changes neither code nor warm-up. Beside the jar, made
 * again when that is younger; without it every worker loads its classes by itself, which is only slower.
 *
 * <p>Safe for use from any thread.
 */
public final class ClassArchive {
    /** For a comparison of fewer workers making it does not pay. */
    private static final int WORTH_WORKERS = 20;

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String MOMENTS = "0.0005";
    private static final String SUFFIX = ".jsa";

    private ClassArchive() {}

    /**
     * Has the workers that this process starts from now on use the archive, if there is one for this jar and this JVM. Not a switch point.
     *
     * @return whether there is one
     */
    public static boolean use() {
        Optional<Path> archive = place().filter(ClassArchive::isFresh);
        archive.ifPresent(file -> System.setProperty(JvmCommand.ARCHIVE, file.toString()));
        return archive.isPresent();
    }

    /**
     * Whether making it would pay for itself. Not a switch point.
     *
     * @param workers how many a comparison is going to start
     * @return false also where it cannot be made: no jar, or no writing beside it
     */
    public static boolean isWorthMaking(int workers) {
        return workers >= WORTH_WORKERS
                && place().filter(file -> Files.isWritable(file.resolveSibling(".")))
                        .isPresent();
    }

    /**
     * Makes it, which takes some seconds. What goes wrong costs the archive only.
     *
     * @param stop who may end it before
     * @throws InterruptedException if this thread is interrupted
     */
    public static void make(Stop stop) throws InterruptedException {
        Optional<Path> place = place();
        if (place.isEmpty()) {
            return;
        }
        Path file = place.get();
        Path unfinished = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid());
        try {
            if (rehearse(unfinished, stop) && Files.isRegularFile(unfinished)) {
                // Whole or not at all: a JVM that starts now maps the old file or the new one.
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException refused) {
            // As on a full disk: workers load their classes themselves.
        } finally {
            delete(unfinished);
        }
    }

    private static boolean rehearse(Path archive, Stop stop) throws IOException, InterruptedException {
        List<String> flags = List.of(
                "-XX:ArchiveClassesAtExit=" + archive,
                "-XX:+UseSerialGC",
                "-Xms256m",
                "-Xmx256m",
                "-D" + Pace.PROPERTY + "=" + MOMENTS);
        Process rehearsal = new ProcessBuilder(JvmCommand.of(flags, Rehearsal.class.getName(), List.of()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        stop.watch(rehearsal);
        try {
            return rehearsal.waitFor(LIMIT.toNanos(), TimeUnit.NANOSECONDS) && rehearsal.exitValue() == 0;
        } finally {
            ProcessTree.kill(rehearsal.toHandle());
            stop.watch(null);
        }
    }

    /** Beside the jar, named for the JVM; none when classes come from folders, which no archive is made of. */
    private static Optional<Path> place() {
        return classPath()
                .filter(entries -> entries.stream().allMatch(Files::isRegularFile))
                .map(entries -> entries.getFirst().toAbsolutePath())
                .map(jar -> jar.resolveSibling(
                        System.getProperty("java.vm.version").replaceAll("[^A-Za-z0-9.+-]", "_") + SUFFIX));
    }

    private static Optional<List<Path>> classPath() {
        List<Path> entries = List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)).stream()
                .filter(entry -> !entry.isEmpty())
                .map(Path::of)
                .toList();
        return Optional.of(entries).filter(found -> !found.isEmpty());
    }

    private static boolean isFresh(Path archive) {
        try {
            FileTime made = Files.getLastModifiedTime(archive);
            for (Path entry : classPath().orElse(List.of())) {
                if (Files.getLastModifiedTime(entry).compareTo(made) > 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException none) {
            return false;
        }
    }

    private static void delete(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException refused) {
            // It is in the build's folder and is never used under this name.
        }
    }
}
