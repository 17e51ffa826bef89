package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.launch.SoakProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** A long life in little memory: what has ended leaves nothing behind. Ten minutes in the thorough form, counted in rounds in the shorter ones. */
@org.junit.jupiter.api.Timeout(900)
class SoakTest {
    private static final long HEAP_SLACK_BYTES = 2L << 20;
    private static final long THREAD_SLACK = 3;

    /** What the program had left at the end of a round, when nothing ran. */
    private record Rest(long heapBytes, long descriptors, long threads, long greenThreads, long offloadThreads) {
        static Rest parse(String line) {
            String[] words = line.split(" ", -1);
            return new Rest(
                    Long.parseLong(words[0]),
                    Long.parseLong(words[1]),
                    Long.parseLong(words[2]),
                    Long.parseLong(words[3]),
                    Long.parseLong(words[4]));
        }
    }

    @Test
    void soak_roundsOfEverything_leaveHeapDescriptorsAndThreadsFlat() throws Exception {
        int rounds = Proofs.size(9, 40, 1_000_000);
        int seconds = Proofs.size(0, 0, 600);

        ForkedJvm.Result ran = new ForkedJvm()
                .with("-Xmx64m")
                .with("-XX:+UseSerialGC")
                .patience(800)
                .run(SoakProgram.class, "" + rounds, "" + seconds);

        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        List<Rest> rests = new ArrayList<>();
        ran.out().lines().map(Rest::parse).forEach(rests::add);
        System.out.println(
                "soak: " + rests.size() + " rounds, first " + rests.getFirst() + ", last " + rests.getLast());
        assertThat(rests).hasSizeGreaterThanOrEqualTo(seconds > 0 ? 30 : rounds);
        List<Rest> early = rests.subList(rests.size() / 9, rests.size() / 3);
        List<Rest> late = rests.subList(rests.size() - rests.size() / 3, rests.size());
        assertThat(most(late, Rest::heapBytes)).isLessThanOrEqualTo(most(early, Rest::heapBytes) + HEAP_SLACK_BYTES);
        assertThat(most(late, Rest::descriptors)).isLessThanOrEqualTo(most(early, Rest::descriptors));
        assertThat(most(late, Rest::threads)).isLessThanOrEqualTo(most(early, Rest::threads) + THREAD_SLACK);
        assertThat(most(rests, Rest::offloadThreads)).isLessThanOrEqualTo(SoakProgram.MOST_OFFLOAD_THREADS);
        assertThat(most(late, Rest::greenThreads)).isLessThanOrEqualTo(most(early, Rest::greenThreads));
    }

    private static long most(List<Rest> rests, ToLongFunction<Rest> what) {
        return rests.stream().mapToLong(what).max().orElseThrow();
    }
}
