package greenlet.lab.advise.example;

import greenlet.lab.advise.Workload;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** A database behind a pool of connections, as most programs have one: a query of some 5 ms on one of {@value #POOL}. */
public final class Jdbc implements Workload {
    /** The system property with the URL of a PostgreSQL. */
    public static final String URL = "greenlet.advise.jdbc";

    /** Connections in the pool. */
    static final int POOL = 12;

    private static final String QUERY = "select sum(i) from generate_series(1, 100) i, pg_sleep(0.005)";
    private static final long EXPECTED = 5050;

    private final BlockingQueue<Connection> pool = new ArrayBlockingQueue<>(POOL);
    private final List<Connection> all = new ArrayList<>();

    @Override
    public void open(int callers) throws SQLException {
        while (all.size() < POOL) {
            Connection connection = DriverManager.getConnection(System.getProperty(URL, ""));
            all.add(connection);
            pool.add(connection);
        }
    }

    @Override
    public void call(int caller) throws SQLException, InterruptedException {
        Connection connection = pool.take();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(QUERY)) {
            if (!rows.next() || rows.getLong(1) != EXPECTED) {
                throw new SQLException("Cannot use the answer of the database: it is not " + EXPECTED + ".");
            }
        } finally {
            pool.add(connection);
        }
    }
}
