package greenlet.hub;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;

/** The program of {@link PollingOrderTest}: uses sockets and hubs in the order that its argument names. */
final class PollingOrders {
    private PollingOrders() {}

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "socket-first" -> {
                exchangeOnDefaultVirtualThreads();
                exchangeOnAHub();
                exchangeOnAHub();
            }
            case "install-then-socket" -> {
                Hubs.install();
                exchangeOnDefaultVirtualThreads();
                exchangeOnAHub();
            }
            case "hub-first" -> {
                exchangeOnAHub();
                exchangeOnDefaultVirtualThreads();
                exchangeOnAHub();
            }
            case "two-hubs" -> exchangeBetweenTwoHubs();
            case "socket-outlives-hub" -> useSocketsOfAClosedHub();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.out.println(Hubs.install());
        String polling = Hub.run(() -> Hub.current().statistics().polling());
        System.out.println("statistics: " + polling.replaceAll("[0-9]+ (waits|changes|events)", "n $1"));
    }

    /** Each read and accept finds nothing at first, so that it waits in a poller. */
    private static void exchange(java.util.function.Consumer<Thrower> start) throws Exception {
        CountDownLatch ended = new CountDownLatch(2);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            start.accept(() -> {
                try (Socket accepted = server.accept()) {
                    for (int i = 0; i < 10; i++) {
                        accepted.getOutputStream()
                                .write(accepted.getInputStream().read() + 1);
                    }
                }
                ended.countDown();
            });
            start.accept(() -> {
                Thread.sleep(2);
                try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
                    for (int i = 0; i < 10; i++) {
                        Thread.sleep(1);
                        client.getOutputStream().write(i);
                        if (client.getInputStream().read() != i + 1) {
                            throw new IllegalStateException("wrong answer");
                        }
                    }
                }
                ended.countDown();
            });
            ended.await();
        }
    }

    private static void exchangeOnDefaultVirtualThreads() throws Exception {
        exchange(body -> Thread.startVirtualThread(body.task()));
        System.out.println("default threads exchanged");
    }

    private static void exchangeOnAHub() throws Exception {
        Hub.run(() -> exchange(body -> Thread.startVirtualThread(body.task())));
        System.out.println("a hub exchanged");
    }

    private static void exchangeBetweenTwoHubs() throws Exception {
        try (Hub one = Hub.start();
                Hub two = Hub.start()) {
            Hub[] next = {one, two};
            exchange(body -> {
                var _ = next[0].spawn("exchange", body::run);
                next[0] = next[1];
            });
        }
        System.out.println("two hubs exchanged");
        exchangeOnDefaultVirtualThreads();
    }

    private static void useSocketsOfAClosedHub() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Socket[] ends = Hub.run(() -> {
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept();
                GreenThread<Integer> read =
                        Hub.current().spawn(() -> accepted.getInputStream().read());
                Thread.sleep(1);
                client.getOutputStream().write(1);
                read.join();
                return new Socket[] {client, accepted};
            });
            Thrower pingPong = () -> {
                FutureTask<Integer> read =
                        new FutureTask<>(() -> ends[1].getInputStream().read());
                Thread reader = Thread.startVirtualThread(read);
                Thread.sleep(2);
                ends[0].getOutputStream().write(7);
                reader.join();
                if (read.resultNow() != 7) {
                    throw new IllegalStateException("wrong byte");
                }
            };
            Thread.startVirtualThread(pingPong.task()).join();
            System.out.println("default threads went on");
            Hub.run(pingPong::run);
            System.out.println("another hub went on");
            pingPong.run();
            System.out.println("a platform thread went on");
        }
    }

    /** What may throw anything; whatever it throws ends the program. */
    interface Thrower {
        void run() throws Exception;

        default Runnable task() {
            return () -> {
                try {
                    run();
                } catch (Exception e) {
                    e.printStackTrace();
                    Runtime.getRuntime().halt(3);
                }
            };
        }
    }
}
