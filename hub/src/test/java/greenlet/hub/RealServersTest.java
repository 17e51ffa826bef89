package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/** Ordinary blocking drivers against real servers: a query that waits in the server lets the other green threads run. */
@Timeout(180)
class RealServersTest {
    private static final long LOCK = 4711;

    private static String url(Services.Server postgres) {
        return "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/postgres?user=postgres";
    }

    private static void advisory(Connection connection, String function) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select " + function + "(?)")) {
            statement.setLong(1, LOCK);
            statement.executeQuery().close();
        }
    }

    @Test
    void postgres_queryWaitsInTheServer_letsOthersRun() throws Exception {
        try (Services.Server postgres = Services.postgres();
                Connection holder = DriverManager.getConnection(url(postgres));
                Connection waiter = DriverManager.getConnection(url(postgres))) {
            advisory(holder, "pg_advisory_lock");

            Sibling.hasTurnsDuring(
                    () -> advisory(waiter, "pg_advisory_lock"), () -> advisory(holder, "pg_advisory_unlock"));
        }
    }

    @Test
    void hikari_poolIsExhausted_letsOthersRunAndServesInTurn() throws Exception {
        try (Services.Server postgres = Services.postgres();
                HikariDataSource pool = pool(postgres, 1)) {
            Connection only = pool.getConnection();

            Sibling.hasTurnsDuring(() -> pool.getConnection().close(), only::close);
        }
    }

    @Test
    void hikari_manyGreenThreads_shareAPool() throws Exception {
        List<Integer> answers = new ArrayList<>();
        try (Services.Server postgres = Services.postgres();
                HikariDataSource pool = pool(postgres, 4)) {
            Hub.run(() -> {
                for (int i = 0; i < 40; i++) {
                    int number = i;
                    var _ = Hub.current().spawn(() -> answers.add(squareInServer(pool, number)));
                }
            });
        }

        assertThat(answers).hasSize(40).contains(0, 1, 4, 39 * 39);
    }

    private static int squareInServer(HikariDataSource pool, int number) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select " + number + " * " + number)) {
            assertThat(result.next()).isTrue();
            return result.getInt(1);
        }
    }

    private static HikariDataSource pool(Services.Server postgres, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url(postgres));
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    @Test
    void redis_popWaitsInTheServer_letsOthersRun() throws Exception {
        try (Services.Server redis = Services.redis();
                Jedis waiter = new Jedis("127.0.0.1", redis.port());
                Jedis other = new Jedis("127.0.0.1", redis.port())) {
            List<String> popped = new ArrayList<>();

            Sibling.hasTurnsDuring(() -> popped.addAll(waiter.blpop(0, "queue")), () -> other.rpush("queue", "hello"));

            assertThat(popped).containsExactly("queue", "hello");
        }
    }

    /** Not through JedisPool: commons-pool2 2.12 spins for a connection that another thread makes (docs/blocking-calls.md). */
    @Test
    void jedis_manyGreenThreads_eachWithAConnection() throws Exception {
        try (Services.Server redis = Services.redis();
                Jedis reader = new Jedis("127.0.0.1", redis.port())) {
            Hub.run(() -> {
                for (int i = 0; i < 40; i++) {
                    var _ = Hub.current().spawn(() -> {
                        try (Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
                            for (int step = 0; step < 25; step++) {
                                jedis.incr("count");
                            }
                        }
                    });
                }
            });

            assertThat(reader.get("count")).isEqualTo("1000");
        }
    }
}
