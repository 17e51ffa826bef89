import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.concurrent.Callable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the open orders of a customer come to: JSON over HTTP, from a service that is somebody else's. */
public class Orders implements Callable<Long> {
    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper mapper = new JsonMapper();
    private final HttpRequest request = HttpRequest.newBuilder(
                    URI.create(Objects.requireNonNullElse(System.getenv("ORDERS_URL"), "http://127.0.0.1:8471/orders")))
            .build();

    @Override
    public Long call() throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("the order service says " + response.statusCode());
        }
        long cents = 0;
        for (JsonNode order : mapper.readTree(response.body())) {
            if (order.path("status").asString().equals("open")) {
                cents += order.path("quantity").asLong() * order.path("priceInCents").asLong();
            }
        }
        return cents;
    }
}
