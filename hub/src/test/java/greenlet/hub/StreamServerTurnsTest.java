package greenlet.hub;

import static greenlet.hub.OnHub.await;
import static greenlet.hub.ServerClients.connect;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A connection whose peer is always ready, and the others' turns. */
@org.junit.jupiter.api.Timeout(60)
class StreamServerTurnsTest {
    private static final int MANY = 10 * Connection.MOST_IN_A_TURN;
    private static final int FLOOD_BUFFER_BYTES = 1 << 17;

    private final OnHub onHub = new OnHub();

    @Test
    void read_allHasCome_othersHaveTheirTurns() throws Exception {
        onHub.run(() -> {
            long[] turns = {0};
            try (StreamServer server = StreamServer.of(connection -> {
                        await(() -> available(connection) == MANY);
                        long before = Hub.current().switchCount();
                        for (int i = 0; i < MANY; i++) {
                            assertThat(connection.input().read()).isZero();
                        }
                        turns[0] = Hub.current().switchCount() - before;
                        connection.output().write(1);
                    })
                    .start()) {
                try (Socket client = connect(server)) {
                    client.getOutputStream().write(new byte[MANY]);
                    assertThat(client.getInputStream().read()).isEqualTo(1);
                }
            }
            assertThat(turns[0]).isBetween(9L, 30L);
        });
    }

    @Test
    void write_thereIsRoom_othersHaveTheirTurns() throws Exception {
        onHub.run(() -> {
            long[] turns = {0};
            try (StreamServer server = StreamServer.of(connection -> {
                        long before = Hub.current().switchCount();
                        for (int i = 0; i < MANY; i++) {
                            connection.output().write(1);
                        }
                        turns[0] = Hub.current().switchCount() - before;
                    })
                    .start()) {
                try (Socket client = connect(server)) {
                    assertThat(client.getInputStream().readNBytes(MANY)).hasSize(MANY);
                }
                await(() -> server.statistics().served() == 1);
            }
            assertThat(turns[0]).isGreaterThanOrEqualTo(9);
        });
    }

    @Test
    void serve_whileAPeerFloods_othersAreAnswered() throws Exception {
        try (Hub hub = Hub.start();
                StreamServer server = StreamServer.of(connection -> {
                            while (connection.input().read() == 0) {
                                // drains, a byte at a time
                            }
                            connection.output().write(1);
                        })
                        .kernelBuffers(FLOOD_BUFFER_BYTES, FLOOD_BUFFER_BYTES)
                        .start(hub)) {
            AtomicBoolean answered = new AtomicBoolean();
            FutureTask<Boolean> flood = new FutureTask<>(() -> {
                try (Socket client = connect(server)) {
                    client.setSendBufferSize(FLOOD_BUFFER_BYTES);
                    for (int i = 0; i < 64 && !answered.get(); i++) {
                        client.getOutputStream().write(new byte[1 << 16]);
                    }
                    return answered.get();
                }
            });
            Thread.ofPlatform().start(flood);
            await(() -> server.statistics().accepted() == 1);

            try (Socket other = connect(server)) {
                other.getOutputStream().write(1);
                assertThat(other.getInputStream().read()).isEqualTo(1);
                answered.set(true);
            }
            assertThat(flood.get()).as("answered while the flood went on").isTrue();
        }
    }

    private static int available(Connection connection) {
        try {
            return connection.input().available();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
