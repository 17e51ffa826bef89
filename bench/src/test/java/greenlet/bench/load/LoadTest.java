package greenlet.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every server answers, in one piece and in two; what the tools print is understood; wrong arguments are refused. */
@Timeout(120)
class LoadTest {
    private static final String WRK = """
        Running 2s test @ http://127.0.0.1:9200/
          1 threads and 100 connections
          Latency Distribution
             50%  584.00us
             75%  643.00us
             90%  771.00us
             99%    1.49ms
          323122 requests in 2.00s, 23.11MB read
        Requests/sec: 161470.74
        Transfer/sec:     11.55MB
        """;

    private static final String PERF = """
        # started on Wed Nov 25 04:30:00 2026

        12820,,raw_syscalls:sys_enter,2000000000,100.00,,
        6400,,syscalls:sys_enter_read,2000000000,100.00,,
        6300,,syscalls:sys_enter_write,2000000000,100.00,,
        120,,syscalls:sys_enter_epoll_wait,2000000000,100.00,,
        <not counted>,,syscalls:sys_enter_futex,0,100.00,,
        """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @EnumSource(Peer.class)
    void server_ofEachPeer_answersARequestInOnePieceAndInTwo(Peer peer, @TempDir Path workshop) throws Exception {
        List<String> missing = Tools.missing(List.of(peer));
        missing.removeAll(List.of("wrk", "perf"));
        assumeTrue(missing.isEmpty(), () -> "needs " + missing);
        try (ServerProcess server = ServerProcess.start(peer, workshop);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            assertThat(exchange(socket, "GET / HTTP/1.1\r\nHost: here\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .containsIgnoringCase("Content-Length: 5\r\n")
                    .endsWith("\r\n\r\nhello");
            assertThat(exchange(socket, "GET / HTTP/1.1\r\nHos", "t: here\r\n\r\n"))
                    .hasSize(response().length());
            assertThat(server.cpuNanos()).isPositive();
            assertThat(server.contextSwitches()).isPositive();
        }
    }

    @Test
    void wrk_output_isUnderstood() throws IOException {
        assertThat(Wrk.parse(WRK)).isEqualTo(new Wrk(323_122, 161_470.74, "584.00us", "1.49ms"));
    }

    @Test
    void wrk_socketErrors_areNoMeasurement() {
        assertThatThrownBy(() -> Wrk.parse(WRK + "  Socket errors: connect 0, read 3, write 0, timeout 0\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("wrk met errors, so that its figures mean nothing");
    }

    @Test
    void perf_counts_becomeCallsARequest() {
        assertThat(SystemCalls.describe(SystemCalls.parse(PERF), 6_300)).isEqualTo("2.03: read 1.02, write 1.00");
    }

    @Test
    void answer_unknownArgument_exitsTwoWithTheUsage() {
        assertThat(http("often")).isEqualTo(2);
        assertThat(http("--rounds=none")).isEqualTo(2);
        assertThat(http("--without=hub")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("Cannot understand 'often'. Use: hub-http")
                .contains("Cannot run 'none' rounds: give a whole number above 0.")
                .contains("Cannot leave out 'hub'.");
    }

    @Test
    void sleep_quick_printsBothAndTheRatio() {
        assertThat(new HubSleep(print(out), print(err)).answer(List.of("--quick")))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("\\| default virtual threads \\| [\\d.]+ \\| 1 \\|")
                .containsPattern("\\| hub \\| [\\d.]+ \\| [\\d.]+ \\|");
        assertThat(new HubSleep(print(out), print(err)).answer(List.of("soundly")))
                .isEqualTo(2);
    }

    private int http(String... arguments) {
        return new HubHttp(print(out), print(err)).answer(List.of(arguments));
    }

    private static String response() {
        return new String(Hello.RESPONSE, StandardCharsets.US_ASCII);
    }

    private static String exchange(Socket socket, String... pieces) throws IOException {
        socket.setTcpNoDelay(true);
        for (String piece : pieces) {
            socket.getOutputStream().write(piece.getBytes(StandardCharsets.US_ASCII));
        }
        return new String(socket.getInputStream().readNBytes(Hello.RESPONSE.length), StandardCharsets.US_ASCII);
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
