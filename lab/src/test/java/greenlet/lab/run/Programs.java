package greenlet.lab.run;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Small programs that know nothing of hubs, for {@link RunProgramsTest}: each in its own way depends on how it is run. */
final class Programs {
    private Programs() {}

    /** What it is given and where it is. */
    @SuppressWarnings("ReferenceEquality") // the loader itself
    static final class Surroundings {
        private Surroundings() {}

        public static void main(String... arguments) throws IOException {
            System.out.println("arguments " + Arrays.toString(arguments));
            System.out.println("folder " + Path.of("").toAbsolutePath());
            System.out.println("class path " + System.getProperty("java.class.path"));
            System.out.println("property " + System.getProperty("greenlet.test"));
            System.out.println("thread " + Thread.currentThread().getName());
            System.out.println(
                    "loader " + (Thread.currentThread().getContextClassLoader() == ClassLoader.getSystemClassLoader()));
            try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                in.lines().forEach(line -> System.out.println("read " + line));
            }
            System.err.println("on the other stream");
        }
    }

    /** Dies of a checked exception. */
    static final class Throws {
        private Throws() {}

        public static void main(String[] arguments) throws IOException {
            System.out.println("before");
            throw new NoSuchFileException("gone", null, "for a test");
        }
    }

    /** Dies with a handler of its own in place. */
    static final class Handler {
        private Handler() {}

        public static void main(String[] arguments) {
            Thread.setDefaultUncaughtExceptionHandler((thread, failure) ->
                    System.out.println("handler " + thread.getName() + " " + failure.getMessage()));
            throw new IllegalStateException("for the handler");
        }
    }

    /** Dies with a handler in place that is for its own thread. */
    static final class OwnHandler {
        private OwnHandler() {}

        public static void main(String[] arguments) {
            Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> System.out.println("never"));
            Thread.currentThread()
                    .setUncaughtExceptionHandler((thread, failure) ->
                            System.out.println("own handler " + thread.getName() + " " + failure.getMessage()));
            throw new IllegalStateException("for the handler");
        }
    }

    /** Two of its virtual threads die of exceptions, one of them with a handler of its own, and main goes on. */
    static final class VirtualDies {
        private VirtualDies() {}

        public static void main(String[] arguments) throws InterruptedException {
            Runnable dies = () -> {
                throw new IllegalStateException("in a virtual thread");
            };
            Thread.ofVirtual().name("dies").start(dies).join();
            Thread.ofVirtual()
                    .name("dies handled")
                    .uncaughtExceptionHandler((thread, failure) ->
                            System.out.println("handler " + thread.getName() + " " + failure.getMessage()))
                    .start(dies)
                    .join();
            System.out.println("goes on");
        }
    }

    /** Ends the JVM in the middle, with a hook. */
    static final class Exits {
        private Exits() {}

        public static void main(String[] arguments) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
            Thread other = Thread.startVirtualThread(() -> {
                System.out.println("exits");
                System.exit(7);
            });
            other.join();
            System.out.println("never");
        }
    }

    /** Does not even run the hooks. */
    static final class Halts {
        private Halts() {}

        public static void main(String[] arguments) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("never")));
            System.out.println("halts");
            System.out.flush();
            Runtime.getRuntime().halt(3);
        }
    }

    /** Returns while a thread that is no daemon, and a virtual one that it needs, still work. */
    static final class Outlived {
        private Outlived() {}

        public static void main(String[] arguments) {
            CountDownLatch mainIsBack = new CountDownLatch(1);
            BlockingQueue<String> words = new LinkedBlockingQueue<>();
            Thread main = Thread.currentThread();
            Thread.startVirtualThread(() -> {
                try {
                    mainIsBack.await();
                    words.add("from a virtual thread after main");
                } catch (InterruptedException e) {
                    words.add("interrupted");
                }
            });
            Thread worker = new Thread(() -> {
                try {
                    main.join();
                    mainIsBack.countDown();
                    System.out.println(words.take());
                } catch (InterruptedException e) {
                    System.out.println("interrupted");
                }
            });
            worker.start();
        }
    }

    /** Whose threads are daemons: those of main, of its platform threads and of its virtual threads, as they are made and as it wants them. */
    static final class Daemons {
        private Daemons() {}

        public static void main(String[] arguments) throws InterruptedException {
            Runnable makes = () -> {
                Thread own = new Thread(() -> {});
                Thread wanted = new Thread(() -> {});
                wanted.setDaemon(true);
                System.out.println(own.isDaemon()
                        + " "
                        + Thread.ofPlatform().unstarted(() -> {}).isDaemon()
                        + " "
                        + Executors.defaultThreadFactory().newThread(() -> {}).isDaemon()
                        + " "
                        + wanted.isDaemon());
            };
            makes.run();
            Thread platform = new Thread(makes);
            platform.start();
            platform.join();
            Thread.startVirtualThread(makes).join();
            // Outlives main, and the JVM ends only after it.
            Thread last = new Thread(() -> {
                synchronized (makes) {
                    System.out.println("main is back");
                }
            });
            synchronized (makes) {
                last.start();
                while (last.getState() != Thread.State.BLOCKED) {
                    Thread.sleep(1);
                }
            }
        }
    }

    /** Returns while only virtual threads are left, which keep no JVM alive. */
    static final class Abandons {
        private Abandons() {}

        public static void main(String[] arguments) throws InterruptedException {
            CountDownLatch started = new CountDownLatch(1);
            Thread waits = Thread.ofVirtual().unstarted(() -> {
                started.countDown();
                try {
                    TimeUnit.DAYS.sleep(1);
                } catch (InterruptedException e) {
                    System.out.println("interrupted");
                }
                System.out.println("never");
            });
            waits.start();
            started.await();
            System.out.println("main returns");
        }
    }

    /** An instance main without parameters (JEP 512), inherited. */
    static class Instance {
        private final String word = "instance";

        void main() {
            System.out.println(word + " of " + getClass().getSimpleName());
        }
    }

    /** Has no main of its own. */
    static final class Inherits extends Instance {}

    /** An initialiser that fails before main. */
    static final class NeverReady {
        private static final int VALUE = Integer.parseInt("no number");

        private NeverReady() {}

        public static void main(String[] arguments) {
            System.out.println(VALUE);
        }
    }

    /** Many virtual threads, a lock, a queue, an executor. */
    @SuppressWarnings("FutureReturnValueIgnored") // closing the executor waits
    static final class Works {
        private Works() {}

        public static void main(String[] arguments) throws InterruptedException {
            AtomicInteger sum = new AtomicInteger();
            BlockingQueue<Integer> queue = new LinkedBlockingQueue<>(4);
            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int producer = 0; producer < 10; producer++) {
                    executor.submit(() -> {
                        for (int i = 1; i <= 100; i++) {
                            queue.put(i);
                        }
                        return null;
                    });
                    executor.submit(() -> {
                        for (int i = 1; i <= 100; i++) {
                            sum.addAndGet(queue.take());
                        }
                        return null;
                    });
                }
            }
            synchronized (sum) {
                System.out.println("sum " + sum);
            }
        }
    }

    /** An HTTP server and its client. */
    static final class Serves {
        private Serves() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", exchange -> {
                byte[] body = ("asked for " + exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            try (HttpClient client = HttpClient.newHttpClient()) {
                URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/path");
                HttpResponse<String> response =
                        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
                System.out.println(response.statusCode() + " " + response.body());
            }
            server.stop(0);
        }
    }

    /** Computes until somebody writes a line to it, and for another half second: nobody else gets a turn meanwhile. */
    static final class Hogs {
        private static final long LONGER_NANOS = 500_000_000;
        private static volatile boolean told;

        private Hogs() {}

        public static void main(String[] arguments) {
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    System.out.println("read " + System.in.read());
                    told = true;
                } catch (IOException e) {
                    System.out.println("cannot read");
                }
            });
            spins();
            System.out.println("told");
            System.exit(5);
        }

        private static void spins() {
            while (!told) {
                Thread.onSpinWait();
            }
            long until = System.nanoTime() + LONGER_NANOS;
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
        }
    }

    /** Waits for a line, and a virtual thread of its waits for the end of that. */
    static final class Waits {
        private Waits() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            CountDownLatch read = new CountDownLatch(1);
            Thread waiter = Thread.ofVirtual().name("waiter").start(() -> {
                try {
                    read.await();
                    System.out.println("waiter goes on");
                } catch (InterruptedException e) {
                    System.out.println("interrupted");
                }
            });
            while (waiter.getState() != Thread.State.WAITING) {
                Thread.sleep(1);
            }
            System.out.println("ready");
            System.out.println("read " + System.in.read());
            read.countDown();
            waiter.join();
        }
    }

    /** All of its virtual threads wait for what only a platform thread will do, when it has read something. */
    static final class Latched {
        private Latched() {}

        public static void main(String[] arguments) throws InterruptedException {
            CountDownLatch opened = new CountDownLatch(1);
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    System.out.println("read " + System.in.read());
                } catch (IOException e) {
                    System.out.println("cannot read");
                }
                opened.countDown();
            });
            opened.await();
            System.out.println("opened");
        }
    }

    /** Runs out of stack and goes on. */
    static final class Recurses {
        private Recurses() {}

        public static void main(String[] arguments) {
            try {
                System.out.println(depth(0));
            } catch (StackOverflowError e) {
                System.out.println("deep enough");
            }
        }

        private static long depth(long below) {
            return below < 0 ? below : depth(below + 1) + 1;
        }
    }

    /** Sees what its jar's manifest opens and names. */
    static final class InJar {
        private InJar() {}

        public static void main(String[] arguments) throws ReflectiveOperationException {
            java.lang.reflect.Field size = java.util.ArrayList.class.getDeclaredField("size");
            size.setAccessible(true);
            System.out.println("size " + size.get(new java.util.ArrayList<>(java.util.List.of(1, 2))));
            System.out.println("beside "
                    + Thread.currentThread()
                            .getContextClassLoader()
                            .getResource("beside.txt")
                            .getPath()
                            .endsWith("library.jar!/beside.txt"));
            System.out.println("class path " + System.getProperty("java.class.path"));
            System.out.println("arguments " + Arrays.toString(arguments));
        }
    }
}
