package greenlet.hub.internal.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.hub.poll.EpollPoller;
import greenlet.hub.schedule.FifoQueue;
import greenlet.hub.schedule.RunLoop;
import greenlet.hub.time.SystemClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JdkPollersTest {
    @Test
    void read_underWayWhenTheHubEnds_isWokenByTheJdk() throws Exception {
        JdkPollers.settle();
        RunLoop loop = new RunLoop(new FifoQueue(), new SystemClock(), JdkPollers.newPoller());
        assertThat(loop.poller()).isInstanceOf(EpollPoller.class);
        EpollPoller epoll = (EpollPoller) loop.poller();
        HubScheduler scheduler = new HubScheduler("ending", loop, new SelfTest.Deaf(), 1_000_000, 0);
        scheduler.open();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            int[] read = {-1};
            CountDownLatch started = new CountDownLatch(1);
            GreenTask reader =
                    scheduler.create("reader", () -> read(accepted, started, read), GreenTask.Origin.SPAWNED);
            scheduler.start(reader);
            started.await();
            while (epoll.counts().controls() == 0) {
                Thread.onSpinWait();
            }
            scheduler.end();
            assertThat(scheduler.awaitEnd(Duration.ofSeconds(30).toNanos())).isTrue();
            assertThat(reader.thread().isAlive()).isTrue();

            client.getOutputStream().write(9);

            assertThat(reader.thread().join(Duration.ofSeconds(30))).isTrue();
            assertThat(read[0]).isEqualTo(9);
        }
    }

    private static void read(Socket socket, CountDownLatch started, int[] read) {
        started.countDown();
        try {
            read[0] = socket.getInputStream().read();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
