package greenlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A generator closed in each of its states. */
@Timeout(60)
class GeneratorCloseTest {
    private final List<String> trace = new ArrayList<>();

    private Generator<Integer> endless() {
        return Generator.of("endless", out -> {
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
    void close_suspended_runsFinallyAndEndsTheIterator() {
        Generator<Integer> numbers = endless();
        Iterator<Integer> elements = numbers.iterator();
        elements.next();
        numbers.close();

        assertThat(trace).containsExactly("finally");
        assertThat(elements.hasNext()).isFalse();
        assertThatThrownBy(elements::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void close_byTryWithResourcesAfterBreak_runsFinally() {
        try (Generator<Integer> numbers = endless()) {
            for (int number : numbers) {
                if (number == 3) {
                    break;
                }
            }
            trace.add("left");
        }

        assertThat(trace).containsExactly("left", "finally");
    }

    @Test
    void close_unstarted_neverRunsTheBody() {
        Generator<Integer> numbers = Generator.of(_ -> fail("must not run"));
        numbers.close();

        assertThatIllegalStateException().isThrownBy(numbers::iterator);
        Generator<Integer> iterated = Generator.of(_ -> fail("must not run"));
        Iterator<Integer> elements = iterated.iterator();
        iterated.close();
        assertThat(elements.hasNext()).isFalse();
    }

    @Test
    void close_overOrTwice_doesNothing() {
        Generator<Integer> numbers = endless();
        numbers.iterator().next();
        numbers.close();
        numbers.close();
        Generator<Integer> ended = Generator.of(_ -> {});
        assertThat(ended).isEmpty();
        ended.close();

        assertThat(trace).containsExactly("finally");
    }

    @Test
    void close_whileLookedAhead_stillDeliversThatElement() {
        Generator<Integer> numbers = endless();
        Iterator<Integer> elements = numbers.iterator();
        assertThat(elements.hasNext()).isTrue();
        numbers.close();

        assertThat(elements.next()).isEqualTo(1);
        assertThat(elements.hasNext()).isFalse();
    }

    @Test
    void close_fromTheBody_isRefusedAndChangesNothing() {
        @Nullable Generator<?>[] own = {null};
        Generator<Integer> numbers = Generator.of("suicidal", out -> {
            Generator<?> mine = own[0];
            if (mine != null) {
                assertThatIllegalStateException()
                        .isThrownBy(mine::close)
                        .withMessage("Cannot close generator 'suicidal': it is running, and has not yielded."
                                + " Do it outside its body, after a yield.");
            }
            out.yield(1);
        });
        own[0] = numbers;

        assertThat(numbers).containsExactly(1);
    }

    @Test
    void close_bodyYieldsInFinally_isRefusedAndCanBeRepeated() {
        Generator<Integer> stubborn = Generator.of("stubborn", out -> {
            try {
                out.yield(1);
            } finally {
                try {
                    out.yield(2);
                } finally {
                    trace.add("end");
                }
            }
        });
        stubborn.iterator().next();

        assertThatIllegalStateException()
                .isThrownBy(stubborn::close)
                .withMessage("Cannot close generator 'stubborn': its body caught the GreenletExit and yielded again."
                        + " Let the exit pass, and yield in no finally block.");
        assertThat(trace).isEmpty();
        stubborn.close();
        assertThat(trace).containsExactly("end");
    }

    @Test
    void close_bodyThrowsWhileUnwinding_throwsTheIdenticalObject() {
        IllegalArgumentException failure = new IllegalArgumentException("planned");
        Generator<Integer> numbers = Generator.of(out -> {
            try {
                out.yield(1);
            } finally {
                throwIt(failure);
            }
        });
        Iterator<Integer> elements = numbers.iterator();
        elements.next();

        assertThatThrownBy(numbers::close).isSameAs(failure);
        assertThat(elements.hasNext()).isFalse();
        numbers.close();
    }

    private static void throwIt(RuntimeException failure) {
        throw failure;
    }

    @Test
    void close_bodySwallowsTheExitAndReturns_isFine() {
        Generator<Integer> numbers = Generator.of(out -> {
            try {
                out.yield(1);
            } catch (GreenletExit exit) {
                trace.add("caught: " + exit.getMessage());
            }
        });
        numbers.iterator().next();
        numbers.close();

        assertThat(trace).singleElement().asString().startsWith("caught: generator of greenlet.GeneratorCloseTest");
    }

    @Test
    void close_byAnotherGreenletThanTheConsumer_comesBackToThatOne() {
        Generator<Integer> numbers = endless();
        Iterator<Integer> elements = numbers.iterator();
        elements.next();
        Object result = Greenlet.of(_ -> {
                    numbers.close();
                    trace.add("closed");
                    return "done";
                })
                .switchTo();

        assertThat(result).isEqualTo("done");
        assertThat(trace).containsExactly("finally", "closed");
    }

    @Test
    void body_thatKillsItselfWithAnExit_justEnds() {
        assertThat(Generator.<Integer>of(out -> {
                    out.yield(1);
                    throw new GreenletExit("enough");
                }))
                .containsExactly(1);
    }

    /** The for-each that is left early and not in a try-with-resources. */
    @Test
    @Tag("continuations")
    void abandonedForEach_isUnwoundAndReportedWithItsPlace() {
        List<Leak> leaks = new ArrayList<>();
        Leak.setHandler(leaks::add);
        try {
            takeOne();
            Greenlet echo = Greenlet.of("echo", first -> first);
            for (int i = 0; i < 200 && trace.isEmpty(); i++) {
                System.gc();
                echo.switchTo();
            }
        } finally {
            Leak.setHandler(null);
        }

        assertThat(trace).containsExactly("finally");
        assertThat(leaks).singleElement().satisfies(leak -> {
            assertThat(leak.greenlet()).isEqualTo("generator 'endless'");
            assertThat(leak.reason()).isEqualTo(Leak.Reason.ABANDONED);
            if (Boolean.getBoolean("greenlet.strict")) { // which records where
                assertThat(leak.describe())
                        .contains("It was created at " + getClass().getName() + ".takeOne(");
            }
        });
    }

    private void takeOne() {
        for (int number : endless()) {
            if (number == 1) {
                break;
            }
        }
    }
}
