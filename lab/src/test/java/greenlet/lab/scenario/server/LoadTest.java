package greenlet.lab.scenario.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LoadTest {
    private static Load load(long p99, long lagP99, long busyPercent) {
        return new Load(1000, 2_000_000_000, 50_000, p99, 2 * p99, lagP99, busyPercent);
    }

    @Test
    void generator_withReserve_isNotSaturated() {
        assertThat(load(400_000, 20_000, 60).isGeneratorSaturated()).isFalse();
    }

    @Test
    void generator_thatIsNeverIdle_isSaturated() {
        assertThat(load(400_000, 20_000, 95).isGeneratorSaturated()).isTrue();
    }

    @Test
    void generator_whoseOwnDelayIsMostOfTheLatency_isSaturated() {
        Load load = load(400_000, 300_000, 40);
        assertThat(load.isGeneratorSaturated()).isTrue();
        assertThat(load.saturation()).startsWith("generator saturated").contains("300 us", "40 %");
    }

    @Test
    void line_isReadAsItWasWritten() {
        Load load = load(400_000, 20_000, 60);
        assertThat(Load.parse(load.toLine())).isEqualTo(load);
        assertThat(load.perSecond()).isEqualTo(500);
    }

    @Test
    void lineWithoutAWord_isRefused() {
        assertThatThrownBy(() -> Load.parse("requests=1 wall=2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'p50' is missing");
    }

    @Test
    void answer_isMeasuredByItsHead() throws IOException {
        assertThat(Http.lengthOfAnswer(Http.ANSWER)).isEqualTo(Http.ANSWER.length);
        byte[] head = ascii("HTTP/1.1 200 OK\r\ncontent-length: 12\r\nX: y\r\n\r\n");
        assertThat(Http.lengthOfAnswer(head)).isEqualTo(head.length + 12);
        assertThat(Http.lengthOfAnswer(ascii("HTTP/1.1 200 OK\r\nContent-"))).isZero();
    }

    @Test
    void answerThatIsNoSuccess_isRefused() {
        assertThatThrownBy(() -> Http.lengthOfAnswer(ascii("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("http/1.1 500 oops");
        assertThatThrownBy(() -> Http.lengthOfAnswer(ascii("HTTP/1.1 200 OK\r\n\r\n")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Content-Length");
    }

    @Test
    void request_mayComeInPieces() throws IOException {
        InputStream pieces = new ByteArrayInputStream(Http.REQUEST) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(3, length));
            }
        };
        byte[] buffer = new byte[256];
        assertThat(Http.readRequest(pieces, buffer)).isTrue();
        assertThat(Http.readRequest(pieces, buffer)).isFalse();
    }

    @Test
    void requestLongerThanTheBuffer_isNotRead() throws IOException {
        assertThat(Http.readRequest(new ByteArrayInputStream(Http.REQUEST), new byte[8]))
                .isFalse();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
