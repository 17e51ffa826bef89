package greenlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;

/**
 * A stack that overflows in a switch or on the way back leaves every greenlet usable. Each test goes down to the very end
 * of the stack and tries a switch at each of the last 200 frames on the way up and then until 200 have succeeded in a row,
 * so that every instruction of the switch path gets its turn at being the one too many.
 */
@Tag("continuations")
@SuppressWarnings({"InfiniteRecursion", "ReferenceEquality"
}) // the end of the stack is the point; the same object comes back
class StackLimitTest {
    private static final int FRAMES = 200;
    private static final long STACK_BYTES = 320 << 10;

    /** What one attempt came to; plain fields, because there is no stack left to call anything. */
    private int delivered;

    private int overflown;
    private int wrong;

    /** Since the last overflow. */
    private int deliveredInARow;

    private @Nullable Greenlet echo;

    @BeforeEach
    void onlyWithoutStrictMode() {
        assumeFalse(Boolean.getBoolean("greenlet.strict"), "tests the path that programs take: the relaxed execution");
    }

    private Greenlet echo() {
        Greenlet known = echo;
        if (known == null || known.isDead()) {
            Greenlet home = Greenlet.current();
            known = Greenlet.of("echo", first -> {
                Object value = first;
                while (true) {
                    value = home.switchTo(value);
                }
            });
            echo = known;
        }
        return known;
    }

    /** Returns how many frames it is above the deepest one. */
    private int probe(Greenlet target) {
        int above;
        try {
            above = probe(target) + 1;
        } catch (StackOverflowError end) {
            above = 0;
        }
        if (isToTry(above)) {
            attempt(target, above);
        }
        return above;
    }

    /** Each of the last 200 frames; above them, where strict mode and deep stacks still overflow, every 31st. */
    private boolean isToTry(int above) {
        return above <= FRAMES || (deliveredInARow < FRAMES && above % 31 == 0);
    }

    private void attempt(Greenlet target, int above) {
        try {
            Integer sent = above;
            Object got = target.switchTo(sent);
            if (got == sent) {
                delivered++;
                deliveredInARow++;
            } else {
                wrong++;
            }
        } catch (StackOverflowError end) {
            overflown++;
            deliveredInARow = 0;
        }
    }

    @RepeatedTest(5)
    void switchTo_fromMainAtEveryDepthBelowTheLimit_deliversOrOverflowsAndStaysUsable() {
        OnThread.withStack(STACK_BYTES, () -> {
            Greenlet main = Greenlet.current();
            for (int round = 0; round < 3; round++) {
                deliveredInARow = 0;
                Greenlet target = echo();
                target.switchTo("ready");
                probe(target);
                assertThat(Greenlet.current()).isSameAs(main);
                // It may have died of an overflow in its own code; else it is where it was.
                assertThat(target.state()).isIn(GreenletState.SUSPENDED, GreenletState.DEAD);
                assertThat(echo().switchTo("still here")).isEqualTo("still here");
            }
            assertThat(wrong).isZero();
            assertThat(delivered).isPositive();
            assertThat(overflown).isPositive();
        });
    }

    @RepeatedTest(2)
    void switchTo_fromAGreenletAtEveryDepthBelowTheLimit_deliversOrOverflowsAndStaysUsable() {
        OnThread.withStack(STACK_BYTES, () -> {
            Greenlet main = Greenlet.current();
            for (int round = 0; round < 3; round++) {
                deliveredInARow = 0;
                Greenlet deep = Greenlet.of("deep", first -> {
                    probe(main);
                    return "up again";
                });
                Object value = deep.switchTo();
                while (!deep.isDead()) {
                    value = deep.switchTo(value); // main echoes
                }
                assertThat(value).isEqualTo("up again");
                assertThat(Greenlet.current()).isSameAs(main);
                assertThat(echo().switchTo("still here")).isEqualTo("still here");
            }
            assertThat(wrong).isZero();
            assertThat(delivered).isPositive();
            assertThat(overflown).isPositive();
        });
    }

    @RepeatedTest(2)
    void switchTo_anUnstartedAtEveryDepthBelowTheLimit_startsItOrLeavesItUnstarted() {
        OnThread.withStack(STACK_BYTES, () -> {
            Greenlet main = Greenlet.current();
            for (int round = 0; round < 3; round++) {
                deliveredInARow = 0;
                probeStart(main);
                assertThat(Greenlet.current()).isSameAs(main);
                assertThat(echo().switchTo("still here")).isEqualTo("still here");
            }
            assertThat(wrong).isZero();
            assertThat(delivered).isPositive();
            assertThat(overflown).isPositive();
        });
    }

    private int probeStart(Greenlet main) {
        int above;
        try {
            above = probeStart(main) + 1;
        } catch (StackOverflowError end) {
            above = 0;
        }
        if (isToTry(above)) {
            attemptStart();
        }
        return above;
    }

    private void attemptStart() {
        try {
            Greenlet g = Greenlet.of("one shot", first -> first);
            if (g.switchTo("sent") == "sent") {
                delivered++;
                deliveredInARow++;
            } else {
                wrong++;
            }
        } catch (StackOverflowError end) {
            overflown++;
            deliveredInARow = 0;
        }
    }

    @RepeatedTest(2)
    void overflow_inTaskCode_killsThatGreenletOnlyWithTheIdenticalError() {
        OnThread.withStack(STACK_BYTES, () -> {
            for (int round = 0; round < 20; round++) {
                Greenlet g = Greenlet.of(first -> endless(0));
                try {
                    g.switchTo();
                    throw new AssertionError("the stack has no end");
                } catch (StackOverflowError expected) {
                    assertThat(g.isDead()).isTrue();
                }
                assertThat(echo().switchTo(round)).isEqualTo(round);
            }
        });
    }

    private static int endless(int depth) {
        return endless(depth + 1) + 1;
    }
}
