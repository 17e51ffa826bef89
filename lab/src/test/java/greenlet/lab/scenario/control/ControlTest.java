package greenlet.lab.scenario.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ControlTest {
    private static final int STEPS = 8 + 9 + 10 + 11 + 12 + 13;

    @ParameterizedTest
    @EnumSource(Order.class)
    void greenlets_leaveOneTrace_andItIsTheOneAskedFor(Order order) throws Exception {
        Traces traces = Traces.of(new GreenletPerformer(), order, 20);
        assertThat(traces.distinct()).isEqualTo(1);
        assertThat(traces.repeated()).isEqualTo(1);
        assertThat(traces.shareOf(Program.wanted(order))).isEqualTo(1);
    }

    @Test
    void orders_differ() {
        assertThat(Stream.of(Order.values()).map(order -> text(Program.wanted(order))))
                .doesNotHaveDuplicates();
    }

    @Test
    void roundRobin_goesInACircle() {
        assertThat(text(Program.wanted(Order.ROUND_ROBIN)))
                .startsWith("abcdefabcdef")
                .endsWith("defeff");
    }

    @Test
    void priority_takesTheMostUrgentStepFirst() {
        // First steps have the priorities 1, 8, 5, 2, 9 and 6.
        assertThat(text(Program.wanted(Order.PRIORITY))).startsWith("e");
    }

    /** Written down, so that another JVM or another day may not lead to another one. */
    @Test
    void seeded_isTheSameOnEveryMachine() {
        assertThat(text(Program.wanted(Order.SEEDED)))
                .isEqualTo("ceacabbbbdacabccafceaabcefadbeffdcccbbddddffdeeffeeddefdfeeefff");
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void threads_doEveryStep_inWhateverOrder(Order order) throws Exception {
        byte[] trace = new ThreadPerformer(Thread.ofPlatform().factory()).perform(order);
        byte[] wanted = Program.wanted(order);
        Arrays.sort(trace);
        Arrays.sort(wanted);
        assertThat(trace).hasSize(STEPS).isEqualTo(wanted);
    }

    @Test
    void traces_countWhatIsPlanted() {
        Traces traces = new Traces(List.of(bytes("ab"), bytes("ba"), bytes("ab"), bytes("aa"), bytes("ab")));
        assertThat(traces.distinct()).isEqualTo(3);
        assertThat(traces.repeated()).isEqualTo(0.5);
        assertThat(traces.shareOf("aa".getBytes(StandardCharsets.US_ASCII))).isEqualTo(0.2);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(byte[] trace) {
        return new String(trace, StandardCharsets.US_ASCII);
    }
}
