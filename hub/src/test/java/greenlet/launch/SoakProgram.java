package greenlet.launch;

import com.sun.management.UnixOperatingSystemMXBean;
import greenlet.hub.GreenThread;
import greenlet.hub.Group;
import greenlet.hub.GroupPolicy;
import greenlet.hub.Hub;
import greenlet.hub.Hubs;
import greenlet.hub.Outcome;
import greenlet.hub.StreamServer;
import greenlet.hub.TimedOutException;
import greenlet.hub.Timeout;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * The main class of SoakTest's child: a hub that lives through rounds of everything, a server on it, and in each round another hub that is opened
 * and closed. After each round, when nothing runs, it prints heap, descriptors, platform threads, green threads and the threads of offload: these
 * stay for ten seconds and are as many as have been needed at once, so they are told apart from the other platform threads.
 */
// What members come to is counted by their group.
@SuppressWarnings("FutureReturnValueIgnored")
public final class SoakProgram {
    private static final int WORKERS = 50;

    /** One that each worker's last body is about to leave, one for its next, and those of the rest itself. */
    public static final int MOST_OFFLOAD_THREADS = 2 * WORKERS + 2;

    private static final int DEEDS = 40;
    private static final Duration SHORT = Duration.ofNanos(50_000);

    private SoakProgram() {}

    /**
     * Soaks.
     *
     * @param args the most rounds; for so many seconds, or 0 for all the rounds
     * @throws Exception what nobody expects
     */
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        long endNanos = System.nanoTime() + Long.parseLong(args[1]) * 1_000_000_000L;
        boolean timed = !args[1].equals("0");
        Hub.run(() -> {
            StreamServer server = StreamServer.of(
                            connection -> connection.input().transferTo(connection.output()))
                    .start();
            int resting = Hub.current().greenThreads().size();
            for (int round = 0; round < rounds && (!timed || System.nanoTime() < endNanos); round++) {
                play(server, round);
                while (server.statistics().open() > 0
                        || Hub.current().greenThreads().size() > resting) {
                    GreenThread.sleep(Duration.ofMillis(1));
                }
                printRest();
            }
            server.close();
        });
    }

    private static void play(StreamServer server, int round) throws Exception {
        try (Group<Integer, Integer> workers = Group.open(GroupPolicy.supervise())) {
            for (int i = 0; i < WORKERS; i++) {
                SplittableRandom random = new SplittableRandom(1_000L * round + i);
                workers.spawn(() -> work(server, random));
            }
            int failed = workers.join();
            if (failed > 0) {
                throw new IllegalStateException(failed + " workers failed");
            }
        }
        int result = Hub.run(() -> Hub.current().spawn(() -> 42).get()); // one that is opened and closed
        if (result != 42) {
            throw new IllegalStateException("another value than was due: " + result);
        }
    }

    private static int work(StreamServer server, SplittableRandom random) throws Exception {
        for (int deed = 0; deed < DEEDS; deed++) {
            switch (random.nextInt(8)) {
                case 0 -> exchange(server, random.nextInt(1, 5_000));
                case 1 -> timeOut();
                case 2 -> kill();
                case 3 -> fail();
                case 4 -> inherit();
                case 5 -> offload(deed);
                case 6 -> halfClose(server);
                default -> GreenThread.yieldTurn();
            }
        }
        return DEEDS;
    }

    private static void exchange(StreamServer server, int length) throws IOException {
        try (Socket socket = connect(server)) {
            socket.getOutputStream().write(new byte[length]);
            if (socket.getInputStream().readNBytes(length).length != length) {
                throw new IOException("an answer was too short");
            }
        }
    }

    private static void halfClose(StreamServer server) throws IOException {
        try (Socket socket = connect(server)) {
            socket.getOutputStream().write(1);
            socket.shutdownOutput();
            if (socket.getInputStream().readAllBytes().length != 1) {
                throw new IOException("an answer was too short");
            }
        }
    }

    private static Socket connect(StreamServer server) throws IOException {
        return new Socket(server.address().getAddress(), server.address().getPort());
    }

    private static void timeOut() throws Exception {
        try {
            Timeout.of(SHORT).run(() -> GreenThread.sleep(Duration.ofDays(1)));
        } catch (TimedOutException e) {
            // as planned
        }
    }

    private static void kill() throws InterruptedException {
        GreenThread<?> victim = Hub.current().spawn(() -> GreenThread.sleep(Duration.ofDays(1)));
        GreenThread.yieldTurn();
        victim.kill();
        victim.join();
    }

    private static void fail() throws InterruptedException {
        try (Group<String, List<Outcome<String>>> group = Group.open(GroupPolicy.collectAll())) {
            group.spawn(() -> {
                throw new IOException("as planned");
            });
            group.spawn(() -> "and one that does not");
            if (group.join().size() != 2) {
                throw new IllegalStateException("a member was lost");
            }
        }
    }

    private static void inherit() throws InterruptedException {
        Thread.startVirtualThread(GreenThread::yieldTurn).join();
    }

    private static void offload(int number) throws InterruptedException {
        int same = Hubs.<Integer, RuntimeException>offload(() -> {
            LockSupport.parkNanos(1_000);
            return number;
        });
        if (same != number) {
            throw new IllegalStateException("another value than was due: " + same);
        }
    }

    private static void printRest() throws InterruptedException {
        String rest = Hubs.<String, RuntimeException>offload(() -> {
            System.gc();
            System.gc();
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            long descriptors = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                    ? unix.getOpenFileDescriptorCount()
                    : 0;
            long offloading = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("greenlet-offload-"))
                    .count();
            long threads = ManagementFactory.getThreadMXBean().getThreadCount() - offloading;
            return heap + " " + descriptors + " " + threads + " " + threadsOfTheHub() + " " + offloading;
        });
        System.out.println(rest);
    }

    private static int threadsOfTheHub() {
        return Hubs.all().stream().mapToInt(hub -> hub.greenThreads().size()).sum();
    }
}
