package greenlet.lab.advise.task;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Loads the user's classes apart from the lab's libraries, so that theirs may be of other versions: only the JDK and what starts with
 * {@code greenlet.} is shared.
 *
 * <p>Safe for use from any thread.
 */
final class TaskClassLoader extends URLClassLoader {
    private static final String OURS = "greenlet.";

    private TaskClassLoader(URL[] places) {
        super("task", places, ClassLoader.getPlatformClassLoader());
    }

    static TaskClassLoader of(List<Path> classPath) {
        List<URL> places = new ArrayList<>();
        for (Path entry : classPath) {
            try {
                places.add(entry.toAbsolutePath().toUri().toURL());
            } catch (MalformedURLException impossible) {
                throw new IllegalArgumentException("Cannot use '" + entry + "' as a class path entry.", impossible);
            }
        }
        return new TaskClassLoader(places.toArray(URL[]::new));
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.startsWith(OURS)) {
            try {
                return TaskClassLoader.class.getClassLoader().loadClass(name);
            } catch (ClassNotFoundException theirs) {
                // Somebody's own class in a package of that name.
            }
        }
        return super.findClass(name);
    }
}
