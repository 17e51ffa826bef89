package greenlet.hub.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Circles in who waits for whom. */
class WaitForGraphTest {
    private static final long SEED = 20261125;

    @Test
    void circles_twoWaitForEachOther_isThatCircleInOrder() {
        WaitForGraph<String> graph = new WaitForGraph<>(Map.of("a", "b", "b", "a"));

        assertThat(graph.circles()).hasSize(1);
        assertThat(graph.circles().getFirst()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void circles_threeInARow_eachIsFollowedByWhomItWaitsFor() {
        Map<String, String> waitsFor = Map.of("a", "b", "b", "c", "c", "a");
        List<String> circle = new WaitForGraph<>(waitsFor).circles().getFirst();

        for (int i = 0; i < 3; i++) {
            assertThat(waitsFor.get(circle.get(i))).isEqualTo(circle.get((i + 1) % 3));
        }
    }

    @Test
    void circles_chainThatEnds_areNone() {
        assertThat(new WaitForGraph<>(Map.of("a", "b", "b", "c")).circles()).isEmpty();
    }

    @Test
    void behind_chainsIntoTheCircle_areFoundAndOthersNot() {
        WaitForGraph<String> graph =
                new WaitForGraph<>(Map.of("a", "b", "b", "a", "c", "a", "d", "c", "e", "f", "g", "h", "h", "g"));

        assertThat(graph.behind(List.of("a", "b"))).containsExactlyInAnyOrder("c", "d");
    }

    /** Against the definition: a node is in a circle if following from it leads back to it. */
    @Test
    void circles_anyGraph_areExactlyTheNodesThatLeadBackToThemselves() {
        Random random = new Random(SEED);
        for (int round = 0; round < 2_000; round++) {
            int nodes = 1 + random.nextInt(12);
            Map<Integer, Integer> waitsFor = new HashMap<>();
            for (int node = 0; node < nodes; node++) {
                if (random.nextInt(4) > 0) {
                    waitsFor.put(node, random.nextInt(nodes));
                }
            }
            Set<Integer> expected = new HashSet<>();
            for (int node = 0; node < nodes; node++) {
                Integer at = waitsFor.get(node);
                for (int step = 0; at != null && step < nodes; step++) {
                    if (at == node) {
                        expected.add(node);
                    }
                    at = waitsFor.get(at);
                }
            }

            List<Integer> found = new WaitForGraph<>(waitsFor)
                    .circles().stream().flatMap(List::stream).toList();

            assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
        }
    }
}
