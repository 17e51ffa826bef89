package greenlet.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import greenlet.Greenlet;
import greenlet.GreenletState;
import greenlet.host.GreenletHost;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Promises 1 to 14: creation, body, names. */
class CreationTest {
    private final Greenlet main = Greenlet.current();

    @Test
    void p01_of_always_createsWithoutRunning() {
        List<String> ran = new ArrayList<>();
        Greenlet g = Greenlet.of("lazy", first -> ran.add("ran"));

        assertThat(ran).isEmpty();
        assertThat(g.state()).isEqualTo(GreenletState.UNSTARTED);
        assertThat(g.name()).isEqualTo("lazy");
    }

    @Test
    void p02_of_inAGreenlet_hasTheParentThatWasCurrentAtConstruction() {
        Late<Greenlet> inner = new Late<>();
        Greenlet outer = Greenlet.of("outer", first -> {
            inner.set(Greenlet.of("inner", value -> "inner got " + value));
            return main.switchTo("made");
        });
        outer.switchTo();

        assertThat(inner.get().parent()).isSameAs(outer);
        // Started from main, yet it dies into the greenlet that made it, which passes the value on as its own.
        assertThat(inner.get().switchTo("x")).isEqualTo("inner got x");
        assertThat(outer.isDead()).isTrue();
    }

    @Test
    @SuppressWarnings("DataFlowIssue")
    void p03_of_null_isRefusedAtOnce() {
        assertThatNullPointerException()
                .isThrownBy(() -> Greenlet.of(nothing()))
                .withMessage("body");
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // the point of the test
    private static <T> T nothing() {
        return null;
    }

    @Test
    void p04_switchTo_lateBodyMissing_raisesInTheCallerAndLeavesItUnstarted() {
        IllegalStateException missing = new IllegalStateException("no body yet");
        Greenlet g = GreenletHost.ofLateBody("late", () -> {
            throw missing;
        });

        assertThatThrownBy(g::switchTo).isSameAs(missing);
        assertThat(g.state()).isEqualTo(GreenletState.UNSTARTED);
    }

    @Test
    void p05_lateBody_isLookedUpOnce() {
        List<String> lookups = new ArrayList<>();
        Greenlet g = GreenletHost.ofLateBody("late", () -> {
            lookups.add("lookup");
            return first -> main.switchTo(first);
        });
        g.switchTo(1);
        g.switchTo(2);

        assertThat(lookups).hasSize(1);
    }

    @Test
    void p06_current_inABody_isTheObjectThatWasCreated() {
        Late<Greenlet> g = new Late<>();
        g.set(Greenlet.of(first -> Greenlet.current()));

        assertThat(g.get().switchTo()).isSameAs(g.get());
        assertThat(Greenlet.current()).isSameAs(main);
    }

    @Test
    void p09_lateBody_thatStartsTheSameGreenlet_makesThePendingSwitchAnOrdinaryOne() {
        Late<Greenlet> g = new Late<>();
        List<@Nullable Object> heard = new ArrayList<>();
        List<String> lookups = new ArrayList<>();
        g.set(GreenletHost.ofLateBody("late", () -> {
            lookups.add("lookup");
            if (lookups.size() == 1) {
                heard.add(g.get().switchTo("from lookup"));
            }
            return first -> {
                heard.add(first);
                heard.add(main.switchTo("started"));
                return "done";
            };
        }));

        assertThat(g.get().switchTo("outer")).isEqualTo("done");
        assertThat(heard).containsExactly("from lookup", "started", "outer");
    }

    @Test
    void p10_attach_anyObject_isReadBack() {
        Greenlet g = Greenlet.of(first -> first);
        assertThat(GreenletHost.attachment(g)).isNull();
        GreenletHost.attach(g, "mine");
        assertThat(GreenletHost.attachment(g)).isEqualTo("mine");
        GreenletHost.attach(g, null);
        assertThat(GreenletHost.attachment(g)).isNull();
    }

    @Test
    void p11_greenlet_isNeitherCloneableNorSerializable() {
        assertThat(Cloneable.class.isAssignableFrom(Greenlet.class)).isFalse();
        assertThat(Serializable.class.isAssignableFrom(Greenlet.class)).isFalse();
    }

    @Test
    void p12_greenlet_isWeaklyReferenceableAndEqualToItselfOnly() {
        Greenlet g = Greenlet.of("same", first -> first);
        Greenlet other = Greenlet.of("same", first -> first);
        WeakReference<Greenlet> weak = new WeakReference<>(g);

        assertThat(weak.get()).isSameAs(g).isEqualTo(g).isNotEqualTo(other);
    }

    @Test
    void p14_toString_inEachState_showsNameStateAndThread() {
        String thread = Thread.currentThread().getName();
        Greenlet g = Greenlet.of("job", first -> {
            assertThat(Greenlet.current().toString()).isEqualTo("Greenlet[job RUNNING of thread " + thread + "]");
            return main.switchTo();
        });
        assertThat(g.toString()).isEqualTo("Greenlet[job UNSTARTED of thread " + thread + "]");
        g.switchTo();
        assertThat(g.toString()).isEqualTo("Greenlet[job SUSPENDED of thread " + thread + "]");
        g.switchTo();
        assertThat(g.toString()).isEqualTo("Greenlet[job DEAD of thread " + thread + "]");
        assertThat(main.toString()).isEqualTo("Greenlet[main RUNNING of thread " + thread + "]");
        assertThat(Greenlet.of(first -> first).name()).startsWith("greenlet-");
    }
}
