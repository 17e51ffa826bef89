package greenlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a generator yields, to whom, and when its body runs. */
@Timeout(60)
class GeneratorTest {
    private static Generator<Integer> count(int to) {
        return Generator.of("count", out -> {
            for (int i = 1; i <= to; i++) {
                out.yield(i);
            }
        });
    }

    @Test
    void p78_forEach_ofAllElements_runsTheBodyInStepWithTheLoop() {
        List<String> trace = new ArrayList<>();
        try (Generator<Integer> numbers = Generator.of(out -> {
            trace.add("begin");
            out.yield(1);
            trace.add("between");
            out.yield(2);
            trace.add("end");
        })) {
            trace.add("made");
            for (int number : numbers) {
                trace.add("got " + number);
            }
        }

        assertThat(trace).containsExactly("made", "begin", "got 1", "between", "got 2", "end");
    }

    @Test
    void yield_atAnyCallDepth_delivers() {
        List<Integer> depths = new ArrayList<>();
        for (int depth : Generator.<Integer>of(out -> descend(0, 2_000, out))) {
            depths.add(depth);
        }

        assertThat(depths).hasSize(4_001).startsWith(0, 1, 2).endsWith(2, 1, 0);
        assertThat(Collections.max(depths)).isEqualTo(2_000);
    }

    private static void descend(int depth, int last, Generator.Out<Integer> out) {
        out.yield(depth);
        if (depth < last) {
            descend(depth + 1, last, out);
            out.yield(depth);
        }
    }

    @Test
    void forEach_ofAMillionElements_deliversEachOnce() {
        // Strict mode walks the stack at every switch, and portable ones go through threads: a hundredth there.
        int elements = isSlow() ? 10_000 : 1_000_000;
        long sum = 0;
        for (int number : count(elements)) {
            sum += number;
        }

        assertThat(sum).isEqualTo((long) elements * (elements + 1) / 2);
    }

    @Test
    void next_onTwoInterleaved_keepsThemApart() {
        Iterator<Integer> small = count(3).iterator();
        Iterator<Integer> large = Generator.<Integer>of(out -> {
                    out.yield(100);
                    out.yield(200);
                    out.yield(300);
                })
                .iterator();
        List<Integer> taken = new ArrayList<>();
        while (small.hasNext()) {
            taken.add(small.next());
            taken.add(large.next());
        }

        assertThat(taken).containsExactly(1, 100, 2, 200, 3, 300);
    }

    @Test
    void forEach_insideAnotherGenerator_yieldsToThatOne() {
        Generator<Integer> squares = Generator.of(out -> {
            for (int number : count(4)) {
                out.yield(number * number);
            }
        });

        assertThat(squares).containsExactly(1, 4, 9, 16);
    }

    @Test
    void next_byAnotherGreenletThanBefore_yieldsToThatOne() {
        Iterator<Integer> numbers = count(4).iterator();
        Greenlet taker = Greenlet.of(_ -> numbers.next());
        List<@Nullable Object> taken = new ArrayList<>();
        taken.add(numbers.next());
        taken.add(taker.switchTo());
        taken.add(numbers.next());
        taken.add(Greenlet.of(_ -> numbers.next()).switchTo());

        assertThat(taken).containsExactly(1, 2, 3, 4);
        assertThat(numbers.hasNext()).isFalse();
    }

    @Test
    void yield_null_isAnElement() {
        assertThat(Generator.<@Nullable String>of(out -> {
                    out.yield(null);
                    out.yield("a");
                    out.yield(null);
                }))
                .containsExactly(null, "a", null);
    }

    @Test
    void accept_asConsumer_yields() {
        assertThat(Generator.<String>of(out -> List.of("a", "b").forEach(out))).containsExactly("a", "b");
    }

    @Test
    void yieldAll_ofACollection_yieldsEach() {
        assertThat(Generator.<String>of(out -> out.yieldAll(List.of("a", "b")))).containsExactly("a", "b");
    }

    @Test
    void iterator_obeysTheIteratorContract() {
        Iterator<Integer> numbers = count(2).iterator();

        assertThat(numbers.hasNext()).isTrue();
        assertThat(numbers.hasNext()).isTrue();
        assertThat(numbers.next()).isEqualTo(1);
        assertThat(numbers.next()).isEqualTo(2);
        assertThat(numbers.hasNext()).isFalse();
        assertThat(numbers.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(numbers::next)
                .withMessage("Cannot take the next element of generator 'count': there is none left."
                        + " Ask hasNext() first.");
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(numbers::remove);
    }

    @Test
    void iterator_ofNoElements_isEmpty() {
        assertThat(Generator.of(_ -> {})).isEmpty();
    }

    @Test
    void forEachRemaining_afterSome_deliversTheRest() {
        Iterator<Integer> numbers = count(4).iterator();
        numbers.next();
        List<Integer> rest = new ArrayList<>();
        numbers.forEachRemaining(rest::add);

        assertThat(rest).containsExactly(2, 3, 4);
    }

    @Test
    void stream_readToTheEnd_hasAllElementsInOrder() {
        assertThat(count(5).stream().map(number -> number * 2)).containsExactly(2, 4, 6, 8, 10);
    }

    @Test
    void stream_closedEarly_closesTheGenerator() {
        List<String> trace = new ArrayList<>();
        List<Integer> firstTwo;
        try (var stream = countWithFinally(trace).stream()) {
            firstTwo = stream.limit(2).toList();
        }

        assertThat(firstTwo).containsExactly(1, 2);
        assertThat(trace).containsExactly("finally");
    }

    @Test
    void stream_inFlatMap_isClosedByIt() {
        List<String> trace = new ArrayList<>();
        List<Integer> taken = List.of("a", "b").stream()
                .flatMap(_ -> countWithFinally(trace).stream().limit(2))
                .toList();

        assertThat(taken).containsExactly(1, 2, 1, 2);
        assertThat(trace).containsExactly("finally", "finally");
    }

    private static Generator<Integer> countWithFinally(List<String> trace) {
        return Generator.of(out -> {
            try {
                for (int i = 1; ; i++) {
                    out.yield(i);
                }
            } finally {
                trace.add("finally");
            }
        });
    }

    @Test
    void next_bodyThrowsChecked_throwsTheIdenticalObjectOnce() {
        IOException failure = new IOException("planned");
        Iterator<Integer> numbers = Generator.<Integer>of(out -> {
                    out.yield(1);
                    throw failure;
                })
                .iterator();

        assertThat(numbers.next()).isEqualTo(1);
        assertThatThrownBy(numbers::hasNext).isSameAs(failure);
        assertThat(failure.getSuppressed()).isEmpty();
        assertThat(numbers.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(numbers::next);
    }

    @Test
    void mayThrow_aroundAForEach_letsTheCallerCatchAChecked() {
        IOException failure = new IOException("planned");
        List<Integer> taken = new ArrayList<>();
        try (Generator<Integer> numbers = Generator.of(out -> {
            out.yield(1);
            throw failure;
        })) {
            for (int number : numbers.mayThrow(IOException.class)) {
                taken.add(number);
            }
            fail("the exception did not arrive");
        } catch (IOException arrived) {
            assertThat(arrived).isSameAs(failure);
        }

        assertThat(taken).containsExactly(1);
    }

    @Test
    void next_bodyThrowsAnError_throwsTheIdenticalObject() {
        AssertionError failure = new AssertionError("planned");
        Iterator<Integer> none = Generator.<Integer>of(_ -> {
                    throw failure;
                })
                .iterator();

        assertThatThrownBy(none::next).isSameAs(failure);
    }

    @Test
    void iterator_twice_isRefused() {
        Generator<Integer> numbers = count(2);
        var _ = numbers.iterator();

        assertThatIllegalStateException()
                .isThrownBy(numbers::iterator)
                .withMessage("Cannot iterate generator 'count': it has been used or closed already,"
                        + " and its elements are made once. Make another.");
        assertThatIllegalStateException().isThrownBy(numbers::stream);
    }

    @Test
    void next_fromItsOwnBody_isRefusedAndChangesNothing() {
        List<Throwable> refusals = new ArrayList<>();
        @Nullable Iterator<?>[] own = {null};
        Generator<Integer> numbers = Generator.of("selfish", out -> {
            try {
                Iterator<?> mine = own[0];
                if (mine != null) {
                    var _ = mine.hasNext();
                }
            } catch (IllegalStateException refusal) {
                refusals.add(refusal);
            }
            out.yield(1);
        });
        Iterator<Integer> elements = numbers.iterator();
        own[0] = elements;

        assertThat(elements.next()).isEqualTo(1);
        assertThat(elements.hasNext()).isFalse();
        assertThat(refusals)
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo("Cannot take the next element of generator 'selfish': it is running, and has not yielded."
                        + " Do it outside its body, after a yield.");
    }

    @Test
    void yield_fromOutsideTheBody_isRefused() {
        List<Generator.Out<Integer>> leaked = new ArrayList<>();
        Generator<Integer> numbers = Generator.of("leaky", out -> {
            leaked.add(out);
            out.yield(1);
        });
        Iterator<Integer> elements = numbers.iterator();
        elements.next();

        assertThatIllegalStateException()
                .isThrownBy(() -> leaked.getFirst().yield(2))
                .withMessageMatching("Cannot yield from generator 'leaky': its body is not what runs:"
                        + " Greenlet\\[main RUNNING of thread .*] is\\. Do it in the body, or in what it calls\\.");
        assertThat(elements.hasNext()).isFalse();
    }

    @Test
    void yield_afterTheEnd_isRefused() {
        List<Generator.Out<Integer>> leaked = new ArrayList<>();
        assertThat(Generator.<Integer>of(leaked::add)).isEmpty();

        assertThatIllegalStateException().isThrownBy(() -> leaked.getFirst().yield(2));
    }

    @Test
    void yield_fromAGreenletThatTheBodySwitchedTo_isRefused() {
        Generator<Integer> numbers = Generator.of(
                "x",
                out -> Greenlet.of("helper", _ -> {
                            out.yield(1);
                            return null;
                        })
                        .switchTo());

        assertThatIllegalStateException()
                .isThrownBy(() -> numbers.iterator().next())
                .withMessageContaining("Cannot yield from generator 'x'")
                .withMessageContaining("helper");
    }

    @Test
    void next_consumerSwitchedToInstead_isRefusedLoudly() {
        Greenlet main = Greenlet.current();
        Iterator<Integer> numbers = Generator.<Integer>of("stray", out -> {
                    main.switchTo("not an element");
                    out.yield(1);
                })
                .iterator();

        assertThatIllegalStateException()
                .isThrownBy(numbers::next)
                .withMessage("Cannot go on after resuming generator 'stray': control came back, but it has not yielded."
                        + " Some greenlet switched here in its place: switch back only by yielding.");
        assertThatIllegalStateException()
                .isThrownBy(numbers::next)
                .withMessageContaining("it is running, and has not yielded");
    }

    @Test
    void yield_bodySwitchedToByAStranger_isRefusedInTheBody() {
        @Nullable Greenlet[] body = {null};
        List<Throwable> refusals = new ArrayList<>();
        Iterator<Integer> numbers = Generator.<Integer>of("disturbed", out -> {
                    body[0] = Greenlet.current();
                    try {
                        out.yield(1);
                    } catch (IllegalStateException refusal) {
                        refusals.add(refusal);
                    }
                })
                .iterator();
        numbers.next();
        Greenlet greenlet = body[0];
        assertThat(greenlet).isNotNull();
        greenlet.switchTo("not its consumer");

        assertThat(refusals)
                .singleElement()
                .extracting(Throwable::getMessage)
                .isEqualTo("Cannot go on after a yield of generator 'disturbed': some greenlet switched to it that did"
                        + " not resume it. Resume it instead.");
        assertThat(numbers.hasNext()).isFalse();
    }

    @Test
    void names_areShownInToStringAndByTheGreenlet() {
        List<String> names = new ArrayList<>();
        Generator<Integer> named =
                Generator.of("files", _ -> names.add(Greenlet.current().name()));
        Generator<Integer> unnamed =
                Generator.of(_ -> names.add(Greenlet.current().name()));

        assertThat(named).hasToString("Generator[generator 'files' UNSTARTED]");
        assertThat(named).isEmpty();
        assertThat(unnamed).isEmpty();
        assertThat(named).hasToString("Generator[generator 'files' OVER]");
        assertThat(names).containsExactly("generator 'files'", "generator of greenlet.GeneratorTest");
    }

    @Test
    @SuppressWarnings("NullAway") // what callers without it can do
    void of_null_isRefused() {
        assertThatThrownBy(() -> Generator.of(null, _ -> {})).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> Generator.of("x", null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> Generator.of((Generator.Body<Object>) null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void permutations_byRecursion_areAllThere() {
        Generator<List<Integer>> permutations =
                Generator.of(out -> permute(new ArrayList<>(Arrays.asList(1, 2, 3, 4)), 0, out));

        assertThat(permutations.stream().distinct()).hasSize(24).allMatch(list -> list.size() == 4);
    }

    private static void permute(List<Integer> items, int from, Generator.Out<List<Integer>> out) {
        if (from == items.size()) {
            out.yield(List.copyOf(items));
        }
        for (int i = from; i < items.size(); i++) {
            Collections.swap(items, from, i);
            permute(items, from + 1, out);
            Collections.swap(items, from, i);
        }
    }

    private static boolean isSlow() {
        return Boolean.getBoolean("greenlet.strict") || "portable".equals(System.getProperty("greenlet.binding"));
    }
}
