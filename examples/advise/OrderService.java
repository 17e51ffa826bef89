import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What {@link Orders} asks: 60 orders, after 15 ms. Prints its port and serves until its standard input ends. */
public class OrderService {
    public static void main(String[] arguments) throws Exception {
        // The JDK's server keeps 200 idle connections and sends head and body in two packets unless told otherwise.
        System.setProperty("sun.net.httpserver.maxIdleConnections", "20000");
        System.setProperty("sun.net.httpserver.nodelay", "true");
        byte[] orders = IntStream.range(0, 60)
                .mapToObj(i -> """
                        {"id": %d, "customer": "customer-%d", "article": "A-%05d", "quantity": %d, "priceInCents": %d, "status": "%s"}"""
                        .formatted(1000 + i, i % 7, 31 * i, 1 + i % 5, 199 + 50 * i, i % 3 == 0 ? "shipped" : "open"))
                .collect(Collectors.joining(",\n", "[", "]"))
                .getBytes(StandardCharsets.UTF_8);
        int port = arguments.length == 0 ? 8471 : Integer.parseInt(arguments[0]);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 4096);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/orders", exchange -> {
            try (exchange) {
                Thread.sleep(15); // in place of its database
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, orders.length);
                exchange.getResponseBody().write(orders);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        System.out.println(server.getAddress().getPort());
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
        System.exit(0);
    }
}
