package greenlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Generators that run in the place of others. */
@Timeout(60)
class GeneratorDelegationTest {
    private final List<String> trace = new ArrayList<>();

    /** A chain of generators, each delegating to the next; the last yields the elements. */
    private static Generator<Integer> chain(int links, int elements) {
        return Generator.of("link-" + links, out -> {
            if (links > 0) {
                out.yieldAll(chain(links - 1, elements));
            } else {
                for (int i = 0; i < elements; i++) {
                    out.yield(i);
                }
            }
        });
    }

    @Test
    void yieldAll_betweenOwnElements_keepsTheOrder() {
        Generator<Integer> inner = Generator.of(out -> {
            out.yield(2);
            out.yield(3);
        });
        Generator<Integer> outer = Generator.of(out -> {
            out.yield(1);
            out.yieldAll(inner);
            out.yield(4);
        });

        assertThat(outer).containsExactly(1, 2, 3, 4);
    }

    @Test
    void yieldAll_ofAnEmptyOne_goesOn() {
        assertThat(Generator.<Integer>of(out -> {
                    out.yieldAll(Generator.of(_ -> {}));
                    out.yield(1);
                }))
                .containsExactly(1);
    }

    /** The refusal had used it up: it could not be iterated afterwards though it had never run. */
    @Test
    void yieldAll_fromOutside_leavesTheOtherUnused() {
        Generator<Integer> inner = Generator.of(out -> out.yield(1));
        List<Generator.Out<Integer>> outs = new ArrayList<>();
        Generator<Integer> outer = Generator.of(out -> {
            outs.add(out);
            out.yield(0);
        });
        Iterator<Integer> elements = outer.iterator();
        elements.next();

        assertThatIllegalStateException()
                .isThrownBy(() -> outs.getFirst().yieldAll(inner))
                .withMessageContaining("its body is not what runs");
        assertThat(inner).containsExactly(1);
        assertThat(elements.hasNext()).isFalse();
    }

    @Test
    void yieldAll_ofAUsedOne_staysRefusedAndUsed() {
        Generator<Integer> inner = Generator.of(out -> out.yield(1));
        Iterator<Integer> elements = inner.iterator(); // used, and its body has not run
        Generator<Integer> outer = Generator.of(out -> out.yieldAll(inner));

        assertThatIllegalStateException().isThrownBy(() -> outer.iterator().next());
        assertThatIllegalStateException().isThrownBy(inner::iterator);
        assertThat(elements.next()).isEqualTo(1);
    }

    private static Generator.@Nullable Out<Integer> outOfInitialiser;
    private static @Nullable Generator<Integer> innerOfInitialiser;

    /** Its initialiser, which runs once in a JVM, pins the stack that it runs on. */
    private static final class Delegating {
        static final String OUTCOME = delegate();

        private static String delegate() {
            try {
                Objects.requireNonNull(outOfInitialiser).yieldAll(Objects.requireNonNull(innerOfInitialiser));
                return "delegated";
            } catch (GreenletException.Pinned refusal) {
                return "pinned";
            }
        }
    }

    @Test
    @Tag("continuations")
    void yieldAll_fromAClassInitialiser_leavesTheOtherUnused() {
        Generator<Integer> inner = Generator.of(out -> out.yield(1));
        innerOfInitialiser = inner;
        Generator<Integer> outer = Generator.of(out -> {
            outOfInitialiser = out;
            trace.add(Delegating.OUTCOME);
            out.yieldAll(inner); // once the frame is gone
        });

        assertThat(outer).containsExactly(1);
        assertThat(trace).containsExactly("pinned");
    }

    @Test
    void yieldAll_aThousandDeep_deliversAll() {
        assertThat(chain(1_000, 50).stream()).hasSize(50).startsWith(0, 1).endsWith(48, 49);
    }

    /** What makes an element O(1): only the last of the chain is resumed, and it yields to the consumer itself. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 100, 1_000})
    void yieldAll_atAnyDepth_takesOneSwitchThereAndOneBackPerElement(int links) {
        AtomicInteger switches = new AtomicInteger();
        Generator<Integer> deep = chain(links, 100);
        Iterator<Integer> elements = deep.iterator();
        elements.next();

        Greenlet.setSwitchListener(_ -> switches.incrementAndGet());
        for (int i = 0; i < 10; i++) {
            elements.next();
        }
        Greenlet.setSwitchListener(null);

        assertThat(switches).hasValue(20);
        deep.close();
    }

    @Test
    void walk_ofATree_isInOrder() {
        assertThat(walk(1, 15)).containsExactly(8, 4, 9, 2, 10, 5, 11, 1, 12, 6, 13, 3, 14, 7, 15);
    }

    /** In-order walk of a heap-numbered binary tree. */
    private static Generator<Integer> walk(int node, int last) {
        return Generator.of(out -> {
            if (node <= last) {
                out.yieldAll(walk(2 * node, last));
                out.yield(node);
                out.yieldAll(walk(2 * node + 1, last));
            }
        });
    }

    @Test
    void close_whileDelegating_unwindsInnermostFirst() {
        Generator<Integer> outer = Generator.of(out -> {
            try {
                out.yieldAll(Generator.<Integer>of(inner -> {
                    try {
                        inner.yield(1);
                    } finally {
                        trace.add("inner");
                    }
                }));
                trace.add("must not be reached");
            } finally {
                trace.add("outer");
            }
        });
        outer.iterator().next();
        outer.close();

        assertThat(trace).containsExactly("inner", "outer");
    }

    @Test
    void close_innerFailsWhileUnwinding_throwsThatThroughTheOuter() {
        IllegalArgumentException failure = new IllegalArgumentException("planned");
        Generator<Integer> outer = Generator.of(out -> {
            try {
                out.yieldAll(Generator.<Integer>of(inner -> {
                    try {
                        inner.yield(1);
                    } catch (GreenletExit exit) {
                        throw failure;
                    }
                }));
            } catch (IllegalArgumentException e) {
                trace.add("outer saw it");
                throw e;
            }
        });
        outer.iterator().next();

        assertThatThrownBy(outer::close).isSameAs(failure);
        assertThat(trace).containsExactly("outer saw it");
    }

    @Test
    void yieldAll_innerThrows_throwsTheIdenticalObjectThereAndTheOuterMayGoOn() {
        IOException failure = new IOException("planned");
        List<Throwable> caught = new ArrayList<>();
        Generator<Integer> outer = Generator.of(out -> {
            try {
                out.yieldAll(Generator.<Integer>of(inner -> {
                            inner.yield(1);
                            throw failure;
                        })
                        .mayThrow(IOException.class));
            } catch (Exception e) {
                caught.add(e);
            }
            out.yield(2);
        });

        assertThat(outer).containsExactly(1, 2);
        assertThat(caught).singleElement().isSameAs(failure);
    }

    @Test
    void next_byAnotherGreenletWhileDelegating_yieldsToThatOne() {
        Iterator<Integer> elements = chain(3, 4).iterator();
        List<Object> taken = new ArrayList<>();
        taken.add(elements.next());
        taken.add(String.valueOf(Greenlet.of(_ -> elements.next()).switchTo()));
        taken.add(elements.next());
        taken.add(String.valueOf(Greenlet.of(_ -> elements.next()).switchTo()));

        assertThat(taken).containsExactly(0, "1", 2, "3");
        assertThat(elements.hasNext()).isFalse();
    }

    @Test
    void yieldAll_ofAUsedOne_isRefused() {
        Generator<Integer> used = Generator.of("used", out -> out.yield(1));
        var _ = used.iterator();
        Generator<Integer> outer = Generator.of(out -> out.yieldAll(used));

        assertThatIllegalStateException()
                .isThrownBy(() -> outer.iterator().next())
                .withMessage("Cannot delegate to generator 'used': it has been used or closed already,"
                        + " and its elements are made once. Make another.");
    }

    @Test
    void close_ofOneThatIsDelegatedTo_isRefused() {
        Generator<Integer> inner = Generator.of("inner", out -> {
            out.yield(1);
            out.yield(2);
        });
        Iterator<Integer> elements =
                Generator.<Integer>of("outer", out -> out.yieldAll(inner)).iterator();
        elements.next();

        assertThatIllegalStateException()
                .isThrownBy(inner::close)
                .withMessage("Cannot close generator 'inner': generator 'outer' has delegated to it. Use that one.");
        assertThat(elements.next()).isEqualTo(2);
        assertThat(elements.hasNext()).isFalse();
        inner.close();
    }

    @Test
    void tryWithResources_aroundTheDelegation_isFineInEveryCase() {
        Generator<Integer> outer = Generator.of(out -> {
            try (Generator<Integer> inner = chain(0, 3)) {
                out.yieldAll(inner);
            }
            out.yield(3);
        });

        assertThat(outer).containsExactly(0, 1, 2, 3);
    }
}
