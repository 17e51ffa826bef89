package greenlet.lab.cli;

import greenlet.lab.fork.Journal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder that a comparison leaves its files in. It holds a list of them, so that a second comparison may replace them and nothing
 * that is not ours is ever touched.
 */
final class OutFolder {
    static final String DEFAULT = "greenlet-report";
    static final String LATEST = "latest";

    private static final String OURS = ".greenlet-report";
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("uuuu-MM-dd_HH-mm-ss");

    private final Path folder;
    private final boolean timed;

    private OutFolder(Path folder, boolean timed) {
        this.folder = folder;
        this.timed = timed;
    }

    /** The folder that the user names, the one to go on in, or a new one. */
    static OutFolder of(@Nullable Path named, boolean resume) {
        Path base = Path.of(DEFAULT);
        if (named != null) {
            OutFolder given = given(named);
            if (resume && !Files.exists(named.resolve(Journal.NAME))) {
                throw nothingToGoOn(named);
            }
            return given;
        }
        return resume ? interrupted(base) : timed(base, LocalDateTime.now(ZoneId.systemDefault()));
    }

    /** The latest below a base that a comparison was cut off in. */
    static OutFolder interrupted(Path base) {
        if (!Files.isDirectory(base)) {
            throw nothingToGoOn(base);
        }
        try (Stream<Path> folders = Files.list(base)) {
            return folders.filter(folder -> !folder.getFileName().toString().equals(LATEST))
                    .filter(folder -> Files.exists(folder.resolve(Journal.NAME)))
                    .max(Comparator.comparing(folder -> folder.getFileName().toString()))
                    .map(folder -> new OutFolder(folder, true))
                    .orElseThrow(() -> nothingToGoOn(base));
        } catch (IOException refused) {
            throw refusal(base, "it cannot be read (" + reason(refused) + ")");
        }
    }

    private static Refusal nothingToGoOn(Path where) {
        return new Refusal(
                "Cannot go on in '" + where + "': no comparison was cut off there. Leave out --resume to start one.");
    }

    /** A new folder named for the time, below a base; the same second twice gives two folders. */
    static OutFolder timed(Path base, LocalDateTime now) {
        String name = NAME.format(now);
        try {
            Files.createDirectories(base);
            for (int attempt = 1; ; attempt++) {
                Path folder = base.resolve(attempt == 1 ? name : name + "-" + attempt);
                try {
                    Files.createDirectory(folder);
                    return new OutFolder(folder, true);
                } catch (FileAlreadyExistsException taken) {
                    // Another comparison of the same second has it: the next name is free or the next one still.
                }
            }
        } catch (IOException refused) {
            throw refusal(base, "it cannot be written (" + reason(refused) + ")");
        }
    }

    /** A folder that the user names: new, empty, or holding nothing but what a comparison left there. */
    static OutFolder given(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw refusal(folder, "it is a file");
        }
        try {
            Files.createDirectories(folder);
            OutFolder out = new OutFolder(folder, false);
            Set<String> ours = out.ours();
            try (Stream<Path> entries = Files.list(folder)) {
                List<String> foreign = entries.map(entry -> entry.getFileName().toString())
                        .filter(name -> !name.equals(OURS) && !ours.contains(name))
                        .sorted()
                        .toList();
                if (!foreign.isEmpty()) {
                    throw refusal(
                            folder, "it holds files that greenlet did not write, such as '" + foreign.getFirst() + "'");
                }
            }
            out.remember(ours);
            return out;
        } catch (IOException refused) {
            throw refusal(folder, "it cannot be written (" + reason(refused) + ")");
        }
    }

    Path path() {
        return folder;
    }

    /** Whether it was named for the time and not by the user. */
    boolean isTimed() {
        return timed;
    }

    /** Notes a file or folder of ours that somebody else is going to write. */
    void announce(String name) throws IOException {
        Set<String> ours = ours();
        ours.add(name);
        ours.add(name + ".part");
        remember(ours);
    }

    /** The path of a file of ours in it. Asked before it is written, so that a half-written one is ours too. */
    Path file(String name) throws IOException {
        announce(name);
        return folder.resolve(name);
    }

    /** Points {@code latest} at this folder: a link, or a file with the folder's name where links are not to be had. */
    void publish() throws IOException {
        if (!timed) {
            return;
        }
        Path latest = folder.resolveSibling(LATEST);
        if (Files.isDirectory(latest, LinkOption.NOFOLLOW_LINKS)) {
            // Somebody's own folder of that name: it stays.
            return;
        }
        Path fresh = folder.resolveSibling("." + LATEST + "-" + folder.getFileName());
        try {
            Files.createSymbolicLink(fresh, folder.getFileName());
        } catch (IOException | UnsupportedOperationException noLinks) {
            Files.writeString(fresh, folder.getFileName() + "\n");
        }
        Files.move(fresh, latest, StandardCopyOption.REPLACE_EXISTING);
    }

    private Set<String> ours() throws IOException {
        Path list = folder.resolve(OURS);
        return Files.exists(list) ? new TreeSet<>(Files.readAllLines(list, StandardCharsets.UTF_8)) : new TreeSet<>();
    }

    private void remember(Set<String> ours) throws IOException {
        Files.write(folder.resolve(OURS), ours, StandardCharsets.UTF_8);
    }

    private static String reason(IOException refused) {
        return refused.getClass().getSimpleName() + ": " + refused.getMessage();
    }

    private static Refusal refusal(Path folder, String state) {
        return new Refusal("Cannot put a report into '" + folder + "': " + state
                + ". Name a folder that is new, empty, or holds an earlier report: --out DIR.");
    }
}
