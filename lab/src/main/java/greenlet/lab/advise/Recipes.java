package greenlet.lab.advise;

/** How to apply an answer: code to start from, compiled by a test. */
final class Recipes {
    private static final String FLAG = "Needs greenlet-hub and the flag --add-opens java.base/java.lang=ALL-UNNAMED"
            + " (docs/getting-started.md#the-one-flag).";

    private Recipes() {}

    static Advice.Recipe of(Way way, int concurrency, Findings findings) {
        boolean numbers = findings.isOfNumbers();
        return switch (way) {
            case GREENLETS -> numbers ? hubForConnections() : hub(concurrency);
            case GREENLETS_PER_CORE -> numbers ? hubsForConnections() : hubs(concurrency);
            case VIRTUAL_THREADS -> numbers ? virtualForConnections() : virtual(concurrency);
            case PLATFORM_THREADS -> platform(concurrency);
            case PROCESSES -> processes(concurrency);
        };
    }

    private static Advice.Recipe hub(int concurrency) {
        return new Advice.Recipe(
                """
                var permits = new java.util.concurrent.Semaphore(%d);
                greenlet.hub.Hub.run(() -> {
                    for (Runnable task : tasks) {
                        permits.acquire();
                        greenlet.hub.Hub.current().spawn(() -> {
                            try {
                                task.run();
                            } finally {
                                permits.release();
                            }
                        });
                    }
                });
                """.formatted(concurrency),
                FLAG + " Between two blocking calls nothing else of the hub runs: no locks.");
    }

    private static Advice.Recipe hubForConnections() {
        return new Advice.Recipe("""
            greenlet.hub.Hub.run(() -> {
                try (var server = new java.net.ServerSocket(port)) {
                    while (true) {
                        var connection = server.accept();
                        greenlet.hub.Hub.current().spawn(() -> handle(connection));
                    }
                }
            });
            """, FLAG + " Between two blocking calls nothing else of the hub runs: no locks.");
    }

    private static Advice.Recipe hubs(int concurrency) {
        return new Advice.Recipe("""
            var hubs = new java.util.ArrayList<greenlet.hub.Hub>();
            for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                hubs.add(greenlet.hub.Hub.start());
            }
            var permits = new java.util.concurrent.Semaphore(%d);
            int next = 0;
            for (Runnable task : tasks) {
                permits.acquire();
                hubs.get(next++ %% hubs.size()).spawn(() -> {
                    try {
                        task.run();
                    } finally {
                        permits.release();
                    }
                });
            }
            hubs.forEach(greenlet.hub.Hub::close);
            """.formatted(concurrency), FLAG + " What tasks of different hubs share needs locks.");
    }

    private static Advice.Recipe hubsForConnections() {
        return new Advice.Recipe("""
            var hubs = new java.util.ArrayList<greenlet.hub.Hub>();
            for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                hubs.add(greenlet.hub.Hub.start());
            }
            try (var server = new java.net.ServerSocket(port)) {
                for (int next = 0; ; next++) {
                    var connection = server.accept();
                    hubs.get(next % hubs.size()).spawn(() -> handle(connection));
                }
            }
            """, FLAG + " What connections of different hubs share needs locks.");
    }

    private static Advice.Recipe virtual(int concurrency) {
        return new Advice.Recipe(
                """
                var permits = new java.util.concurrent.Semaphore(%d);
                try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
                    for (Runnable task : tasks) {
                        permits.acquire();
                        threads.submit(() -> {
                            try {
                                task.run();
                            } finally {
                                permits.release();
                            }
                        });
                    }
                }
                """.formatted(concurrency), "Needs nothing beside the JDK. What tasks share needs locks.");
    }

    private static Advice.Recipe virtualForConnections() {
        return new Advice.Recipe("""
            try (var server = new java.net.ServerSocket(port)) {
                while (true) {
                    var connection = server.accept();
                    Thread.ofVirtual().start(() -> handle(connection));
                }
            }
            """, "Needs nothing beside the JDK. What connections share needs locks.");
    }

    private static Advice.Recipe platform(int concurrency) {
        return new Advice.Recipe(
                """
                try (var threads = java.util.concurrent.Executors.newFixedThreadPool(%d)) {
                    for (Runnable task : tasks) {
                        threads.submit(task);
                    }
                }
                """.formatted(concurrency), "Needs nothing beside the JDK. What tasks share needs locks.");
    }

    private static Advice.Recipe processes(int concurrency) {
        return new Advice.Recipe(
                """
                var workers = new java.util.ArrayList<Process>();
                for (int i = 0; i < %d; i++) {
                    workers.add(new ProcessBuilder("java", "-cp", System.getProperty("java.class.path"), "com.acme.Worker").start());
                }
                for (Process worker : workers) {
                    worker.waitFor();
                }
                """.formatted(concurrency),
                "Each worker takes its share of the tasks from its standard input or a queue; nothing is shared.");
    }
}
