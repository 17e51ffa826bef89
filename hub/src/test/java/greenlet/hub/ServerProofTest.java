package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import greenlet.GreenletExit;
import greenlet.launch.CrowdedServer;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server meets in the world besides a crowd: the order to stop in the middle of its work, and a lack of descriptors. */
// What a client comes to is counted.
@SuppressWarnings("FutureReturnValueIgnored")
@org.junit.jupiter.api.Timeout(300)
class ServerProofTest {
    @ParameterizedTest
    @CsvSource({
        "1, false, 1000",
        "1, true, 1000",
        "2, false, 1000",
        "2, true, 1000",
        "1, false, 3", // most wait in the kernel, their requests with them
        "2, false, 3",
    })
    void stop_underLoad_losesNoAcceptedRequest(int hubs, boolean tls, int connections, @TempDir Path directory)
            throws Exception {
        SSLContext context = tls ? TestTls.context(directory.resolve("keys.p12")) : null;
        int rounds = tls ? Proofs.size(1, 8, 100) : Proofs.size(6, 60, 1_000);
        for (int seed = 0; seed < rounds; seed++) {
            stopUnderLoad(hubs, context, connections, new SplittableRandom(seed));
        }
    }

    private static void stopUnderLoad(int hubs, @Nullable SSLContext context, int connections, SplittableRandom random)
            throws Exception {
        int clients = context == null ? 20 : 8; // a handshake costs as much as many requests
        int mostRequests = context == null ? 6 : 30;
        int stopAt = 20 + random.nextInt(context == null ? 200 : 50);
        AtomicInteger begun = new AtomicInteger();
        Account account = new Account();
        SocketFactory sockets = context == null ? SocketFactory.getDefault() : context.getSocketFactory();
        try (HubSet serving = Hubs.perCore(hubs);
                Hub asking = Hub.start()) {
            StreamServerBuilder builder = StreamServer.of(connection -> {
                DataInputStream in = new DataInputStream(connection.input());
                while (connection.awaitRequest()) {
                    begun.incrementAndGet();
                    long request = in.readLong();
                    Thread.sleep(0, (int) Math.abs(request % 500_000));
                    connection
                            .output()
                            .write(ByteBuffer.allocate(8).putLong(~request).array());
                }
            });
            builder.connections(connections);
            if (context != null) {
                builder.tls(context);
            }
            ServerSet servers = builder.start(serving);
            List<GreenThread<?>> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                SplittableRandom own = random.split();
                all.add(asking.spawn(() -> ask(sockets, servers, mostRequests, own, account)));
            }
            StopReport report = serving.hubs()
                    .getFirst()
                    .spawn(() -> {
                        while (begun.get() < stopAt) {
                            Thread.sleep(0, 50_000);
                        }
                        return servers.stop(Duration.ofSeconds(60));
                    })
                    .get();
            for (GreenThread<?> each : all) {
                each.get();
            }

            assertThat(report.isClean()).isTrue();
        }

        assertThat(account.lost).as("had arrived before the order to stop").hasValue(0);
        assertThat(account.broken).hasValue(0);
        assertThat(account.answered).hasValue(begun.get());
        assertThat(begun).hasValueGreaterThanOrEqualTo(stopAt);
    }

    /** What became of the requests. */
    private static final class Account {
        final AtomicInteger answered = new AtomicInteger();
        final AtomicInteger broken = new AtomicInteger();
        final AtomicInteger lost = new AtomicInteger();
    }

    /** Asks until the server is gone: some connections for several requests, some for one. */
    private static void ask(
            SocketFactory sockets, ServerSet servers, int mostRequests, SplittableRandom random, Account account) {
        InetSocketAddress address = servers.address();
        while (true) {
            boolean early = false; // the request is in the server's kernel, and no server has been told to stop
            try (Socket socket = sockets.createSocket(address.getAddress(), address.getPort())) {
                socket.setTcpNoDelay(true);
                for (int left = random.nextInt(mostRequests); left >= 0; left--) {
                    long request = random.nextLong();
                    early = false;
                    socket.getOutputStream()
                            .write(ByteBuffer.allocate(8).putLong(request).array());
                    early = servers.servers().stream().noneMatch(StreamServer::isStopping);
                    byte[] answer = socket.getInputStream().readNBytes(8);
                    if (answer.length == 0) { // closed before the request was taken
                        countIf(early, account.lost);
                        return;
                    }
                    if (answer.length != 8 || ByteBuffer.wrap(answer).getLong() != ~request) {
                        account.broken.incrementAndGet();
                        return;
                    }
                    early = false;
                    account.answered.incrementAndGet();
                }
            } catch (IOException e) { // refused, or reset before the request was taken
                countIf(early, account.lost);
                return;
            }
        }
    }

    private static void countIf(boolean condition, AtomicInteger count) {
        if (condition) {
            count.incrementAndGet();
        }
    }

    @Test
    void accept_noDescriptorLeft_pausesAndGoesOnWhenThereAreSome(@TempDir Path directory) throws Exception {
        Path shell = Path.of("/bin/sh");
        assumeTrue(Files.isExecutable(shell), "needs a POSIX shell to set the limit");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String path = String.join(
                File.pathSeparator, where(Hub.class), where(GreenletExit.class), where(CrowdedServer.class));
        String script = "ulimit -n 100 && exec \"$0\" --add-opens java.base/java.lang=ALL-UNNAMED -cp \"$1\" "
                + CrowdedServer.class.getName();

        Path output = directory.resolve("output");
        Process child = new ProcessBuilder(shell.toString(), "-c", script, java, path)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = child.waitFor(60, TimeUnit.SECONDS);
        child.destroyForcibly();

        assertThat(ended).as(Files.readString(output)).isTrue();
        assertThat(Files.readString(output).strip())
                .contains("Cannot accept connections on")
                .endsWith("ran out, and went on");
    }

    private static String where(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }
}
