package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@org.junit.jupiter.api.Timeout(60)
class HubSetTest {
    @Test
    void perCore_oneHubForEachProcessor() {
        try (HubSet hubs = Hubs.perCore()) {
            assertThat(hubs.hubs()).hasSize(Runtime.getRuntime().availableProcessors());
            assertThat(hubs.hubs().getFirst().name()).isEqualTo("core-0");
        }
    }

    @Test
    void perCore_none_isRefused() {
        assertThatThrownBy(() -> Hubs.perCore(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("use 1 or more");
    }

    @Test
    void start_onASet_theKernelSpreadsConnectionsOverTheHubs() throws Exception {
        int connections = 200;
        try (HubSet hubs = Hubs.perCore(2);
                ServerSet servers = StreamServer.of(connection ->
                                connection.output().write(Hub.current().name().charAt("core-".length())))
                        .start(hubs)) {
            int[] served = {0, 0};
            for (int i = 0; i < connections; i++) {
                try (Socket client = new Socket(
                        servers.address().getAddress(), servers.address().getPort())) {
                    served[client.getInputStream().read() - '0']++;
                }
            }

            assertThat(served[0] + served[1]).isEqualTo(connections);
            assertThat(served[0]).isPositive();
            assertThat(served[1]).isPositive();
            assertThat(servers.stop(Duration.ofSeconds(30)).isClean()).isTrue();
        }
    }

    @Test
    void start_onASetWithASharedPool_isRefused() {
        try (HubSet hubs = Hubs.perCore(1)) {
            Pool pool = Pool.of(hubs.hubs().getFirst(), 1);
            assertThatThrownBy(
                            () -> StreamServer.of(connection -> {}).pool(pool).start(hubs))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Cannot share a pool among several hubs");
        }
    }
}
