package greenlet.lab.advise.task;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The names of the classes on a class path, and which of them are like a given one.
 *
 * <p>Immutable.
 */
final class ClassNames {
    private static final String ENDING = ".class";
    private static final int MOST = 20_000;

    private final List<String> names;

    private ClassNames(List<String> names) {
        this.names = names;
    }

    static ClassNames on(List<Path> classPath) {
        TreeSet<String> names = new TreeSet<>();
        for (Path entry : classPath) {
            try {
                if (Files.isDirectory(entry)) {
                    addFolder(entry, names);
                } else if (Files.isRegularFile(entry)) {
                    addJar(entry, names);
                }
            } catch (IOException unreadable) {
                // It has no names to offer; that it cannot be read shows where the class is looked for.
            }
        }
        return new ClassNames(List.copyOf(names));
    }

    private static void addFolder(Path folder, Set<String> names) throws IOException {
        Files.walkFileTree(folder, new Collector(folder, names));
    }

    /** What cannot be read, or is gone by then, has no names to offer; the rest of the folder has. */
    private static final class Collector extends SimpleFileVisitor<Path> {
        private final Path folder;
        private final Set<String> names;
        private int found;

        Collector(Path folder, Set<String> names) {
            this.folder = folder;
            this.names = names;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String path = folder.relativize(file).toString();
            if (!path.endsWith(ENDING)) {
                return FileVisitResult.CONTINUE;
            }
            names.add(name(path));
            return ++found < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException unreadable) {
            return FileVisitResult.CONTINUE;
        }
    }

    private static void addJar(Path file, Set<String> names) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            jar.stream()
                    .map(entry -> entry.getName())
                    .filter(entry -> entry.endsWith(ENDING) && !entry.startsWith("META-INF"))
                    .limit(MOST)
                    .forEach(entry -> names.add(name(entry)));
        }
    }

    private static String name(String file) {
        return file.substring(0, file.length() - ENDING.length())
                .replace('/', '.')
                .replace('\\', '.');
    }

    List<String> all() {
        return names;
    }

    /** Those most like a name, the most like first; none that has little in common with it. */
    static List<String> nearest(String wanted, List<String> among, int most) {
        String simple = simple(wanted);
        return among.stream()
                .filter(name -> distance(simple(name), simple) <= Math.max(2, simple.length() / 2))
                .sorted(Comparator.<String>comparingInt(name -> distance(simple(name), simple))
                        .thenComparingInt(
                                name -> distance(name.toLowerCase(Locale.ROOT), wanted.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .toList();
    }

    private static String simple(String name) {
        return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1)
                .toLowerCase(Locale.ROOT);
    }

    /** Levenshtein's: insertions, deletions and replacements that make one of the other. */
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
