package greenlet.lab.mechanism.python;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where interpreters stand, the likeliest first: every folder of the PATH, the system's own, and those that pyenv built.
 *
 * <p>Immutable.
 */
final class PythonCandidates {
    private static final List<String> NAMES = List.of("python3", "python");
    private static final String SEPARATOR = java.io.File.pathSeparator;

    private PythonCandidates() {}

    /**
     * Lists them.
     *
     * @param path the variable PATH; empty if it is not set
     * @param systemFolders folders to look in even if they are not on it
     * @param pyenvRoot pyenv's folder, which need not exist
     * @return files that exist and are executable, each once; a virtual environment's own link is kept apart from what it links to
     */
    static List<Path> list(String path, List<Path> systemFolders, Path pyenvRoot) {
        List<Path> folders = new ArrayList<>();
        for (String folder : path.split(SEPARATOR, -1)) {
            // An empty entry means the current folder, where no interpreter of the system's stands.
            if (!folder.isEmpty()) {
                folders.add(Path.of(folder));
            }
        }
        folders.addAll(systemFolders);
        folders.addAll(pyenvVersions(pyenvRoot));
        List<Path> found = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        for (Path folder : folders) {
            for (String name : NAMES) {
                Path candidate = folder.resolve(name).toAbsolutePath();
                if (Files.isRegularFile(candidate)
                        && Files.isExecutable(candidate)
                        && seen.add(identity(folder, candidate))) {
                    found.add(candidate);
                }
            }
        }
        return found;
    }

    /**
     * Of one folder reached by two names, and of two links to one file in one folder, the first counts. The file itself is not what is
     * compared: the interpreter of a virtual environment is a link to the system's, with other packages.
     */
    private static Path identity(Path folder, Path candidate) {
        try {
            Path realFolder = folder.toRealPath();
            Path target = candidate.toRealPath();
            return target.startsWith(realFolder) ? target : realFolder.resolve(candidate.getFileName());
        } catch (IOException gone) {
            return candidate;
        }
    }

    /** The newest version first, as far as their names tell. */
    private static List<Path> pyenvVersions(Path root) {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(root.resolve("versions"))) {
            versions.forEach(version -> folders.add(version.resolve("bin")));
        } catch (IOException none) {
            return List.of();
        }
        folders.sort(Comparator.comparing(Path::toString).reversed());
        return folders;
    }
}
