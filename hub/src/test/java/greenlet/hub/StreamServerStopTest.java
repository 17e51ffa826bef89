package greenlet.hub;

import static greenlet.hub.OnHub.await;
import static greenlet.hub.ServerClients.ECHO;
import static greenlet.hub.ServerClients.connect;
import static greenlet.hub.ServerClients.exchange;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** How a server ends, and what its end does to connections. */
// What a client comes to is awaited; a read that tells of the end of the stream has no other use.
@SuppressWarnings("FutureReturnValueIgnored")
@org.junit.jupiter.api.Timeout(60)
class StreamServerStopTest {
    private static final Duration LONG = Duration.ofDays(1);

    private final OnHub onHub = new OnHub();

    @Test
    void stop_connectionsBetweenRequests_endAtOnce() throws Exception {
        onHub.run(() -> {
            StreamServer server = StreamServer.of(connection -> {
                        while (connection.awaitRequest()) {
                            connection.output().write(connection.input().read());
                        }
                    })
                    .start();
            try (Socket client = connect(server)) {
                client.getOutputStream().write(3);
                assertThat(client.getInputStream().read()).isEqualTo(3);

                StopReport report = server.stop(LONG);

                assertThat(report).isEqualTo(new StopReport(1, 0, 0));
                assertThat(report.isClean()).isTrue();
                assertThat(client.getInputStream().read()).isEqualTo(-1);
                assertThatThrownBy(() -> connect(server).close()).isInstanceOf(IOException.class);
            }
            assertThat(server.stop(Duration.ZERO)).as("stopped again").isEqualTo(new StopReport(1, 0, 0));
        });
    }

    @Test
    void stop_requestUnderWay_isAnswered() throws Exception {
        onHub.run(() -> {
            CountDownLatch goOn = new CountDownLatch(1);
            StreamServer server = StreamServer.of(connection -> {
                        assertThat(connection.input().read()).isPositive();
                        goOn.await();
                        assertThat(connection.isStopping()).isTrue();
                        connection.output().write(8);
                    })
                    .start();
            try (Socket client = connect(server)) {
                client.getOutputStream().write(1);
                await(() -> server.statistics().open() == 1);
                GreenThread<StopReport> stop = Hub.current().spawn(() -> server.stop(LONG));
                await(server::isStopping);
                for (int i = 0; i < 20; i++) {
                    GreenThread.yieldTurn();
                }
                assertThat(stop.isDone()).isFalse();
                goOn.countDown();

                assertThat(client.getInputStream().read()).isEqualTo(8);
                assertThat(stop.get()).isEqualTo(new StopReport(1, 0, 0));
            }
        });
    }

    @Test
    void stop_requestHasComeThatNobodyHasReadYet_isAnswered() throws Exception {
        onHub.run(() -> {
            StreamServer server = StreamServer.of(connection -> {
                        while (connection.awaitRequest()) {
                            connection.output().write(connection.input().read() + 1);
                        }
                    })
                    .start();
            try (Socket client = connect(server)) {
                client.getOutputStream().write(1);
                assertThat(client.getInputStream().read()).isEqualTo(2);
                client.getOutputStream().write(7); // not a switch: the handler still waits

                assertThat(server.stop(LONG)).isEqualTo(new StopReport(1, 0, 0));

                assertThat(client.getInputStream().read()).isEqualTo(8);
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
        });
    }

    @Test
    void stop_anotherRequestHasComeBehindTheOneUnderWay_bothAreAnswered() throws Exception {
        onHub.run(() -> {
            CountDownLatch goOn = new CountDownLatch(1);
            boolean[] held = {false};
            StreamServer server = StreamServer.of(connection -> {
                        while (connection.awaitRequest()) {
                            int request = connection.input().read();
                            held[0] = true;
                            goOn.await();
                            connection.output().write(request + 1);
                        }
                    })
                    .start();
            try (Socket client = connect(server)) {
                client.getOutputStream().write(1);
                await(() -> held[0]);
                client.getOutputStream().write(7);
                GreenThread<StopReport> stop = Hub.current().spawn(() -> server.stop(LONG));
                await(server::isStopping);
                for (int i = 0; i < 20; i++) {
                    GreenThread.yieldTurn(); // who waits for a request has been looked at
                }
                goOn.countDown();

                assertThat(client.getInputStream().read()).isEqualTo(2);
                assertThat(client.getInputStream().read()).isEqualTo(8);
                assertThat(client.getInputStream().read()).isEqualTo(-1);
                assertThat(stop.get()).isEqualTo(new StopReport(1, 0, 0));
            }
        });
    }

    @Test
    void stop_graceIsOver_killsTheRest() throws Exception {
        onHub.run(() -> {
            StreamServer server =
                    StreamServer.of(connection -> Thread.sleep(LONG)).start();
            try (Socket client = connect(server)) {
                await(() -> server.statistics().open() == 1);

                assertThat(server.stop(Duration.ofMillis(5))).isEqualTo(new StopReport(0, 1, 0));
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
        });
    }

    @Test
    void stop_whomTheKernelHadAccepted_isServed() throws Exception {
        assertStopServes(5, StreamServer.of(ECHO));
    }

    @Test
    void stop_backlogIsFull_allOfItAreServed() throws Exception {
        assertStopServes(4, StreamServer.of(ECHO).backlog(3)); // Linux queues one more than it is told
    }

    /** So many whom the kernel has accepted, behind one that takes all the room. */
    private void assertStopServes(int queued, StreamServerBuilder builder) throws Exception {
        onHub.run(() -> {
            StreamServer server = builder.connections(1).start();
            Socket first = connect(server);
            await(() -> server.statistics().open() == 1);
            List<Socket> waiting = new ArrayList<>();
            for (int i = 0; i < queued; i++) {
                waiting.add(connect(server));
            }
            GreenThread<StopReport> stop = Hub.current().spawn(() -> server.stop(LONG));
            await(server::isStopping);
            first.close();
            for (Socket each : waiting) {
                assertThat(exchange(each, "hello")).isEqualTo("hello");
                each.close();
            }

            assertThat(stop.get()).isEqualTo(new StopReport(queued + 1, 0, 0));
        });
    }

    @Test
    void stop_graceIsOverWhileSomeWaitForRoom_leavesNoConnectionOpen() throws Exception {
        onHub.run(() -> {
            StreamServer server = StreamServer.of(connection -> Thread.sleep(LONG))
                    .connections(1)
                    .start();
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                clients.add(connect(server));
            }
            await(() -> server.statistics().open() == 1);

            assertThat(server.stop(Duration.ofMillis(5))).isEqualTo(new StopReport(0, 4, 0));
            for (Socket client : clients) {
                assertThat(client.getInputStream().read()).isEqualTo(-1);
                client.close();
            }
        });
    }

    @Test
    void stop_handlerTurnsItsKillIntoAFailure_wasKilled() throws Exception {
        assertWasKilled(connection -> {
            try {
                Thread.sleep(LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(onHub.told()).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void stop_handlerSwallowsItsKill_wasKilled() throws Exception {
        assertWasKilled(connection -> {
            try {
                Thread.sleep(LONG);
            } catch (InterruptedException e) {
                // it returns as if nothing had been
            }
        });
    }

    private void assertWasKilled(ConnectionHandler handler) throws Exception {
        onHub.run(() -> {
            StreamServer server = StreamServer.of(handler).start();
            try (Socket client = connect(server)) {
                await(() -> server.statistics().open() == 1);

                StopReport report = server.stop(Duration.ofMillis(5));

                assertThat(report).isEqualTo(new StopReport(0, 1, 0));
                assertThat(report.isClean()).isFalse();
                assertThat(client.getInputStream().read()).isEqualTo(-1);
                assertThat(server.statistics()).isEqualTo(new ServerStatistics(1, 0, 0, 0, 1, 0, 0, 0));
            }
        });
    }

    @Test
    void stop_connectionsHaveNotBegun_killsThemToo() throws Exception {
        onHub.run(() -> {
            int inARow = Acceptor.MOST_IN_A_ROW;
            StreamServer server =
                    StreamServer.of(connection -> Thread.sleep(LONG)).start();
            List<SocketChannel> clients = new ArrayList<>();
            for (int i = 0; i < 2 * inARow; i++) {
                SocketChannel client = SocketChannel.open();
                client.configureBlocking(false); // to connect is no switch then
                client.connect(server.address());
                clients.add(client);
            }
            while (server.statistics().accepted() == 0) {
                GreenThread.yieldTurn();
            }
            assertThat(server.statistics().accepted()).isEqualTo(inARow);

            StopReport report = server.stop(Duration.ZERO); // in the queue before those that the acceptor spawns next

            assertThat(report).isEqualTo(new StopReport(0, 2 * inARow, 0));
            for (SocketChannel client : clients) {
                client.finishConnect();
                client.configureBlocking(true);
                assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
                client.close();
            }
        });
    }

    @Test
    void stop_byAHandler_isRefused() throws Exception {
        onHub.run(() -> {
            StreamServer[] itself = {null};
            try (StreamServer server = StreamServer.of(connection -> {
                        assertThatThrownBy(() -> itself[0].stop(Duration.ZERO))
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("it would wait for itself. Call stopAccepting");
                        assertThat(connection.isStopping()).isFalse();
                        itself[0].stopAccepting();
                        connection.output().write(1);
                    })
                    .start()) {
                itself[0] = server;
                try (Socket client = connect(server)) {
                    assertThat(client.getInputStream().read()).isEqualTo(1);
                }
            }
        });
    }

    @Test
    void stop_ofASetByAHandler_isRefused() throws Exception {
        CompletableFuture<ServerSet> itself = new CompletableFuture<>();
        try (HubSet hubs = Hubs.perCore(2);
                ServerSet servers = StreamServer.of(connection -> {
                            assertThatThrownBy(() -> itself.join().stop(Duration.ZERO))
                                    .isInstanceOf(IllegalStateException.class)
                                    .hasMessageContaining("it would wait for itself. Call stopAccepting");
                            connection.output().write(connection.isStopping() ? 0 : 1);
                        })
                        .start(hubs);
                Socket client = new Socket(
                        servers.address().getAddress(), servers.address().getPort())) {
            itself.complete(servers);
            assertThat(client.getInputStream().read()).isEqualTo(1);
        }
    }

    @Test
    void stop_hubClosesMeanwhile_saysThatTheRestWasKilled() throws Exception {
        try (HubSet hubs = Hubs.perCore(2)) {
            CountDownLatch served = new CountDownLatch(1);
            ServerSet servers = StreamServer.of(connection -> {
                        served.countDown();
                        Thread.sleep(LONG);
                    })
                    .start(hubs);
            try (Socket client =
                    new Socket(servers.address().getAddress(), servers.address().getPort())) {
                served.await();
                FutureTask<StopReport> stop = new FutureTask<>(() -> servers.stop(LONG));
                Thread.ofPlatform().start(stop);
                await(() -> servers.servers().stream()
                        .allMatch(server -> server.toString().contains("not listening")));
                hubs.hubs().forEach(hub -> hub.close(Duration.ZERO));

                StopReport report = stop.get();

                assertThat(report.finished()).isZero();
                assertThat(report.isClean()).isFalse();
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void stop_fromOutsideTheHub_works() throws Exception {
        try (Hub hub = Hub.start()) {
            StreamServer server = StreamServer.of(ECHO).name("web").start(hub);
            try (Socket client = connect(server)) {
                assertThat(exchange(client, "hi")).isEqualTo("hi");
            }
            assertThat(server.stop(Duration.ofSeconds(30)).isClean()).isTrue();
            assertThat(server.toString()).contains("web").contains("not listening");
        }
    }

    @Test
    void close_ofTheHubBeforeTheAcceptorHasBegun_freesThePort() throws Exception {
        Hub hub = Hub.start();
        CountDownLatch hogs = new CountDownLatch(1);
        AtomicBoolean hogging = new AtomicBoolean(true);
        var _ = hub.spawn(() -> {
            hogs.countDown();
            while (hogging.get()) {
                Thread.onSpinWait();
            }
        });
        hogs.await();
        long descriptors = Proofs.openDescriptors();
        StreamServer server = StreamServer.of(ECHO).start(hub);
        Thread closer = Thread.ofPlatform().start(() -> hub.close(Duration.ZERO));
        while (closer.isAlive() && !server.toString().contains("not listening")) {
            Thread.sleep(1);
        }
        hogging.set(false);
        closer.join();

        assertThatThrownBy(() -> connect(server).close()).isInstanceOf(IOException.class);
        assertThat(Proofs.openDescriptors()).isLessThanOrEqualTo(descriptors);
    }

    @Test
    void start_onAClosedHub_keepsNoDescriptor() {
        Hub hub = Hub.start();
        hub.close();
        long descriptors = Proofs.openDescriptors();

        assertThatThrownBy(() -> StreamServer.of(ECHO).start(hub)).isInstanceOf(RejectedExecutionException.class);

        assertThat(Proofs.openDescriptors()).isLessThanOrEqualTo(descriptors);
    }

    @Test
    void close_ofTheHub_endsTheServer() throws Exception {
        Hub hub = Hub.builder().grace(Duration.ofMillis(20)).start();
        StreamServer server = StreamServer.of(ECHO).start(hub);
        try (Socket client = connect(server)) {
            client.getOutputStream().write(1);
            assertThat(client.getInputStream().read()).isEqualTo(1);

            CloseReport report = hub.close(Duration.ofMillis(20));

            assertThat(report.abandoned()).isEmpty();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            assertThat(server.stop(Duration.ZERO).left()).isZero();
        }
    }
}
