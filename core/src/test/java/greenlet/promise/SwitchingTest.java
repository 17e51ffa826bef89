package greenlet.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import greenlet.Greenlet;
import greenlet.GreenletException;
import greenlet.GreenletState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Promises 15 to 27: switching, values, death to the parent, the main greenlet. */
class SwitchingTest {
    private final Greenlet main = Greenlet.current();

    @Test
    void p15_switchTo_anyToAny_isSymmetric() {
        List<String> trace = new ArrayList<>();
        List<Greenlet> ring = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int me = i;
            ring.add(Greenlet.of("g" + i, first -> {
                trace.add("g" + me);
                return me + 1 < 5 ? ring.get(me + 1).switchTo() : main.switchTo("round");
            }));
        }

        assertThat(ring.getFirst().switchTo()).isEqualTo("round");
        assertThat(trace).containsExactly("g0", "g1", "g2", "g3", "g4");
        assertThat(ring).allMatch(g -> g.state() == GreenletState.SUSPENDED);
        ring.forEach(Greenlet::close);
    }

    @Test
    void p16_switchTo_firstCallsTheBodyLaterOnesResumeIt() {
        Greenlet g = Greenlet.of(first -> "second was " + main.switchTo("first was " + first));
        assertThat(g.switchTo("a")).isEqualTo("first was a");
        assertThat(g.switchTo("b")).isEqualTo("second was b");
    }

    @Test
    void p17_switchTo_noValue_deliversNullAndNullIsAValue() {
        Greenlet g = Greenlet.of(first -> main.switchTo(first) == null ? "null twice" : "something");
        assertThat(g.switchTo()).isNull();
        assertThat(g.switchTo(null)).isEqualTo("null twice");
    }

    @Test
    void p18_switchTo_self_returnsTheValueWithoutSuspending() {
        Greenlet g = Greenlet.of(first -> Greenlet.current().switchTo("mine"));
        assertThat(g.switchTo("other")).isEqualTo("mine");
        assertThat(main.switchTo("main's")).isEqualTo("main's");
    }

    @Test
    void p19_switchTo_dead_goesToTheNearestLiveAncestor() {
        Late<Greenlet> dead = new Late<>();
        Greenlet parent = Greenlet.of("parent", first -> {
            Greenlet child = Greenlet.of("child", value -> value);
            dead.set(child);
            child.switchTo();
            return main.switchTo("suspended") + " in parent";
        });
        parent.switchTo();

        assertThat(dead.get().switchTo("caught")).isEqualTo("caught in parent");
        assertThat(dead.get().switchTo("now main")).isEqualTo("now main");
    }

    @Test
    void p19_switchTo_deadWithUnstartedAncestor_startsThat() {
        Greenlet unstarted = Greenlet.of("unstarted", first -> "started with " + first);
        Greenlet dead = Greenlet.of("dead", first -> first);
        dead.switchTo();
        dead.setParent(unstarted);

        assertThat(dead.switchTo(1)).isEqualTo("started with 1");
    }

    @Test
    void p20_return_deliversTheValueToTheParentsPendingSwitch() {
        Greenlet g = Greenlet.of(first -> "result");
        assertThat(g.switchTo()).isEqualTo("result");
        assertThat(g.state()).isEqualTo(GreenletState.DEAD);
    }

    @Test
    void p21_return_toUnstartedParent_startsItWithTheValue() {
        Greenlet parent = Greenlet.of("parent", first -> "parent(" + first + ")");
        Greenlet child = Greenlet.of("child", first -> "value");
        child.setParent(parent);
        assertThat(child.switchTo()).isEqualTo("parent(value)");
    }

    @Test
    void p22_throw_toUnstartedParent_killsItUnrunAndGoesOnUp() {
        List<String> ran = new ArrayList<>();
        Greenlet parent = Greenlet.of("parent", first -> ran.add("parent"));
        IllegalStateException failure = new IllegalStateException("up");
        Greenlet child = Greenlet.of("child", first -> {
            throw failure;
        });
        child.setParent(parent);

        assertThatThrownBy(child::switchTo).isSameAs(failure);
        assertThat(parent.isDead()).isTrue();
        assertThat(ran).isEmpty();
    }

    @Test
    void p24_valuesConversion_mayReenter() {
        Greenlet echo = Greenlet.of("echo", first -> main.switchTo(first));
        Object value = new Object() {
            @Override
            public String toString() {
                return "inner " + echo.switchTo("re-entered");
            }
        };
        Greenlet g = Greenlet.of("g", first -> String.valueOf(first));

        assertThat(g.switchTo(value)).isEqualTo("re-entered");
        echo.switchTo("end"); // dies into main
    }

    @Test
    void p25_deepStacks_arePreservedAcrossSwitches() {
        Greenlet g = Greenlet.of(first -> sum(2_000, main));
        for (int i = 0; i < 10; i++) {
            assertThat(g.switchTo(1)).isEqualTo(i);
        }
        assertThat(g.switchTo(1)).isEqualTo(2_000L * 2_001 / 2 + 10);
    }

    private static long sum(int depth, Greenlet main) {
        if (depth > 0) {
            return depth + sum(depth - 1, main);
        }
        return IntStream.range(0, 10).map(i -> number(main.switchTo(i))).sum();
    }

    private static int number(@Nullable Object value) {
        return value instanceof Integer number ? number : -1;
    }

    @Test
    void p26_current_createsTheThreadsMainGreenletOnDemand() throws InterruptedException {
        List<Greenlet> mains = new ArrayList<>();
        Thread thread = new Thread(() -> {
            mains.add(Greenlet.current());
            mains.add(Greenlet.current());
        });
        thread.start();
        thread.join();

        assertThat(mains.get(0)).isSameAs(mains.get(1)).isNotSameAs(main);
    }

    @Test
    void p27_main_hasNoParentNeverDiesAndCannotBeReparentedOrClosed() {
        assertThat(main.parent()).isNull();
        assertThat(main.isDead()).isFalse();
        assertThat(main.name()).isEqualTo("main");
        Greenlet g = Greenlet.of(first -> first);
        assertThatExceptionOfType(GreenletException.MainGreenlet.class)
                .isThrownBy(() -> main.setParent(g))
                .withMessage("Cannot set the parent of the main greenlet of thread '"
                        + Thread.currentThread().getName() + "': a main greenlet has none. Set the parents of the"
                        + " others.");
        assertThatExceptionOfType(GreenletException.MainGreenlet.class).isThrownBy(main::close);
    }
}
