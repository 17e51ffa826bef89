package greenlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Resume and yield, with values of declared types. */
@Timeout(60)
class CoroutineTest {
    private final List<String> trace = new ArrayList<>();

    @Test
    void resume_untilTheEnd_passesValuesBothWays() {
        Coroutine<Integer, Integer> sum = Coroutine.of((first, self) -> {
            int total = first;
            while (total < 100) {
                total += self.yield(total);
            }
            return total;
        });

        assertThat(sum.resume(40)).isEqualTo(40);
        assertThat(sum.resume(2)).isEqualTo(42);
        assertThat(sum.state()).isEqualTo(Coroutine.State.SUSPENDED);
        assertThat(sum.resume(60)).isEqualTo(102);
        assertThat(sum.state()).isEqualTo(Coroutine.State.DEAD);
    }

    @Test
    void resume_yieldDeepInTheBody_keepsTheWholeStack() {
        Coroutine<String, Integer> deep = Coroutine.of((first, self) -> descend(1_000, self) + first.length());

        assertThat(deep.resume("ab")).isEqualTo(-1);
        assertThat(deep.resume("cde")).isEqualTo(1_000 + 3 + 2);
    }

    private static int descend(int frames, Coroutine.Self<String, Integer> self) {
        return frames > 0 ? descend(frames - 1, self) + 1 : self.yield(-1).length();
    }

    @Test
    void resume_null_isAValueBothWays() {
        Coroutine<@Nullable String, @Nullable String> echo = Coroutine.of((first, self) -> {
            trace.add(String.valueOf(first));
            trace.add(String.valueOf(self.yield(null)));
            return null;
        });

        assertThat(echo.resume(null)).isNull();
        assertThat(echo.state()).isEqualTo(Coroutine.State.SUSPENDED);
        assertThat(echo.resume(null)).isNull();
        assertThat(echo.state()).isEqualTo(Coroutine.State.DEAD);
        assertThat(trace).containsExactly("null", "null");
    }

    @Test
    void state_ofEach_isSeenFromInsideAndOutside() {
        @Nullable Coroutine<?, ?>[] outer = {null};
        Coroutine<Integer, Coroutine.State> inner = Coroutine.of((_, _) -> stateOf(outer));
        Coroutine<Integer, Coroutine.State> middle = Coroutine.of((_, self) -> {
            self.yield(stateOf(outer));
            return inner.resume(0);
        });
        outer[0] = middle;

        assertThat(middle.state()).isEqualTo(Coroutine.State.UNSTARTED);
        assertThat(middle.resume(0)).isEqualTo(Coroutine.State.RUNNING);
        assertThat(middle.state()).isEqualTo(Coroutine.State.SUSPENDED);
        assertThat(middle.resume(0)).isEqualTo(Coroutine.State.NORMAL);
        assertThat(middle.state()).isEqualTo(Coroutine.State.DEAD);
        assertThat(inner.state()).isEqualTo(Coroutine.State.DEAD);
    }

    private static Coroutine.State stateOf(@Nullable Coroutine<?, ?>[] holder) {
        Coroutine<?, ?> held = holder[0];
        if (held == null) {
            throw new AssertionError("not there yet");
        }
        return held.state();
    }

    @Test
    void resume_bodyThrowsChecked_throwsTheIdenticalObjectAndIsDead() {
        IOException failure = new IOException("planned");
        Coroutine<Integer, Integer> failing = Coroutine.of((_, _) -> {
            throw failure;
        });

        try {
            failing.resume(1, IOException.class);
            fail("the exception did not arrive");
        } catch (IOException arrived) {
            assertThat(arrived).isSameAs(failure);
        }
        assertThat(failing.state()).isEqualTo(Coroutine.State.DEAD);
    }

    @Test
    void resume_dead_isRefused() {
        Coroutine<Integer, Integer> once = Coroutine.of("once", (first, _) -> first);
        once.resume(1);

        assertThatIllegalStateException()
                .isThrownBy(() -> once.resume(2))
                .withMessage("Cannot resume coroutine 'once': it is over. Make another.");
    }

    @Test
    void resume_fromItself_isRefusedAndChangesNothing() {
        @Nullable Coroutine<?, ?>[] own = {null};
        Coroutine<Integer, Integer> selfish = Coroutine.of("selfish", (first, self) -> {
            assertThatIllegalStateException()
                    .isThrownBy(() -> resumeHeld(own))
                    .withMessage("Cannot resume coroutine 'selfish': it is running, and has not yielded."
                            + " Do it outside its body, after a yield.");
            return self.yield(first + 1);
        });
        own[0] = selfish;

        assertThat(selfish.resume(1)).isEqualTo(2);
        assertThat(selfish.resume(7)).isEqualTo(7);
    }

    @SuppressWarnings("unchecked") // refused before the value gets anywhere
    private static void resumeHeld(@Nullable Coroutine<?, ?>[] holder) {
        Coroutine<@Nullable Object, ?> held = (Coroutine<@Nullable Object, ?>) holder[0];
        if (held != null) {
            held.resume(null);
        }
    }

    @Test
    void resume_ofTheResumer_isRefused() {
        List<Coroutine<Integer, Integer>> both = new ArrayList<>();
        both.add(Coroutine.of("a", (_, _) -> both.get(1).resume(0)));
        both.add(Coroutine.of("b", (_, _) -> both.get(0).resume(0)));

        assertThatIllegalStateException()
                .isThrownBy(() -> both.getFirst().resume(0))
                .withMessageContaining("Cannot resume coroutine 'a': it is running");
        assertThat(both).allMatch(each -> each.state() == Coroutine.State.DEAD);
    }

    @Test
    void yield_fromOutsideTheBody_isRefused() {
        List<Coroutine.Self<Integer, Integer>> leaked = new ArrayList<>();
        Coroutine<Integer, Integer> leaky = Coroutine.of("leaky", (first, self) -> {
            leaked.add(self);
            return self.yield(first);
        });
        leaky.resume(1);

        assertThatIllegalStateException()
                .isThrownBy(() -> leaked.getFirst().yield(2))
                .withMessageContaining("Cannot yield from coroutine 'leaky': its body is not what runs");
        leaky.close();
    }

    @Test
    void close_inEachState_endsIt() {
        Coroutine<Integer, Integer> unstarted = Coroutine.of((_, _) -> fail("must not run"));
        unstarted.close();
        assertThat(unstarted.state()).isEqualTo(Coroutine.State.DEAD);

        Coroutine<Integer, Integer> suspended = Coroutine.of((first, self) -> {
            try {
                return self.yield(first);
            } finally {
                trace.add("finally");
            }
        });
        suspended.resume(1);
        suspended.close();
        suspended.close();
        assertThat(suspended.state()).isEqualTo(Coroutine.State.DEAD);
        assertThat(trace).containsExactly("finally");
    }

    @Test
    void close_bodyYieldsAgain_isRefused() {
        Coroutine<Integer, Integer> stubborn = Coroutine.of("stubborn", (first, self) -> {
            try {
                return self.yield(first);
            } catch (GreenletExit exit) {
                return self.yield(-1);
            }
        });
        stubborn.resume(1);

        assertThatIllegalStateException()
                .isThrownBy(stubborn::close)
                .withMessageContaining("Cannot close coroutine 'stubborn': its body caught the GreenletExit");
        assertThat(stubborn.resume(5)).isEqualTo(5);
    }

    @Test
    void resume_aMillionTimes_works() {
        // Strict mode walks the stack at every switch, and portable ones go through threads: a hundredth there.
        long times = isSlow() ? 10_000 : 1_000_000;
        Coroutine<Long, Long> sum = Coroutine.of((first, self) -> {
            long total = first;
            while (total >= 0) {
                total += self.yield(total);
            }
            return total;
        });
        long last = 0;
        for (long i = 1; i <= times; i++) {
            last = sum.resume(i);
        }

        assertThat(last).isEqualTo(times * (times + 1) / 2);
        sum.close();
    }

    @Test
    void names_areShown() {
        assertThat(Coroutine.<Integer, Integer>of("parser", (first, _) -> first))
                .hasToString("Coroutine[coroutine 'parser' UNSTARTED]");
        assertThat(Coroutine.<Integer, Integer>of((first, _) -> first))
                .hasToString("Coroutine[coroutine of greenlet.CoroutineTest UNSTARTED]");
    }

    @Test
    @SuppressWarnings("NullAway") // what callers without it can do
    void of_null_isRefused() {
        assertThatThrownBy(() -> Coroutine.<Integer, Integer>of(null, (first, _) -> first))
                .isInstanceOf(NullPointerException.class);
    }

    private static boolean isSlow() {
        return Boolean.getBoolean("greenlet.strict") || "portable".equals(System.getProperty("greenlet.binding"));
    }
}
