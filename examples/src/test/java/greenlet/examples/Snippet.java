package greenlet.examples;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A piece of Java from a page or from Javadoc, made a class of, with what all of them take for granted. */
final class Snippet {
    private static final String BEFORE = """
        import com.sun.net.httpserver.HttpServer;
        import greenlet.*;
        import greenlet.hub.*;
        import greenlet.lab.advise.Workload;
        import java.io.*;
        import java.net.*;
        import java.net.http.*;
        import java.nio.file.*;
        import java.time.*;
        import java.util.*;
        import java.util.concurrent.*;
        import java.util.concurrent.atomic.*;
        import java.util.concurrent.locks.*;
        import java.util.stream.*;
        class NAME {
            record Node(String name, List<Node> children) {}
            static final Node root = new Node("root", List.of());
            static final Path folder = Path.of(".");
            static void walk(Path path, Generator.Out<Path> out) throws IOException {
                out.yield(path);
            }
            static final List<URI> pages = List.of(URI.create("http://a/"), URI.create("http://b/"));
            static String fetch(URI page) throws InterruptedException {
                Thread.sleep(1); // in place of the network: a switch point
                return "body";
            }
            static void check(boolean holds) {
                if (!holds) throw new AssertionError("not so");
            }
        """;

    private Snippet() {}

    /** Writes a class with the snippet's members, one of which is {@code run()}. */
    static Path write(Path folder, String name, String members) throws IOException {
        return Files.writeString(folder.resolve(name + ".java"), BEFORE.replace("NAME", name) + members + "\n}\n");
    }

    /** Runs what has been compiled; what it throws says where it stands. */
    static void run(Path folder, List<String> names, String where) throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            for (String name : names) {
                var method = loader.loadClass(name).getDeclaredMethod("run");
                method.setAccessible(true);
                try {
                    method.invoke(null);
                } catch (InvocationTargetException e) {
                    throw new AssertionError(name + " of " + where + " does not hold", e.getCause());
                }
            }
        }
    }

    static void compileAndRun(Path folder, String name, String members, String where) throws Exception {
        Javac.compile(folder, List.of(write(folder, name, members)), System.getProperty("java.class.path"));
        run(folder, List.of(name), where);
    }
}
