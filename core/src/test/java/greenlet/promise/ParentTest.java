package greenlet.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import greenlet.Greenlet;
import greenlet.GreenletException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Promises 40 to 45: parents. */
class ParentTest {
    private final Greenlet main = Greenlet.current();

    @Test
    void p40_setParent_atAnyTime_isEffectiveAtDeath() {
        Greenlet a = Greenlet.of("a", first -> "a got " + main.switchTo("a waits"));
        Greenlet b = Greenlet.of("b", first -> "b got " + main.switchTo("b waits"));
        a.switchTo();
        b.switchTo();
        Greenlet g = Greenlet.of("g", first -> {
            main.switchTo("suspended");
            Greenlet.current().setParent(b); // running
            return "value";
        });
        g.setParent(a); // unstarted
        g.switchTo();
        g.setParent(main); // suspended

        assertThat(g.switchTo()).isEqualTo("b got value");
        a.close();
    }

    @Test
    void p41_setParent_cycle_isRefused() {
        Greenlet a = Greenlet.of("a", first -> first);
        Greenlet b = Greenlet.of("b", first -> first);
        Greenlet c = Greenlet.of("c", first -> first);
        b.setParent(a);
        c.setParent(b);

        assertThatExceptionOfType(GreenletException.CyclicParent.class)
                .isThrownBy(() -> a.setParent(a))
                .withMessage("Cannot make greenlet 'a' the parent of greenlet 'a': it is the same one."
                        + " Choose one above it.");
        assertThatExceptionOfType(GreenletException.CyclicParent.class)
                .isThrownBy(() -> a.setParent(c))
                .withMessage("Cannot make greenlet 'c' the parent of greenlet 'a': it is a descendant of it."
                        + " Choose one above it.");
        assertThat(a.parent()).isSameAs(main);
    }

    @Test
    @SuppressWarnings("NullAway") // the point of the test
    void p42_setParent_null_isRefused() {
        Greenlet g = Greenlet.of(first -> first);
        assertThatThrownBy(() -> g.setParent(null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("parent");
        assertThat(g.parent()).isSameAs(main);
    }

    @Test
    void p43_setParent_startedToAnotherThread_isRefused() throws InterruptedException {
        Late<Greenlet> foreign = new Late<>();
        CountDownLatch made = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Thread other = Thread.ofPlatform().name("other").start(() -> {
            foreign.set(Greenlet.current());
            made.countDown();
            await(done);
        });
        made.await();
        Greenlet g = Greenlet.of("g", first -> main.switchTo());
        g.switchTo();

        assertThatExceptionOfType(GreenletException.WrongThread.class)
                .isThrownBy(() -> g.setParent(foreign.get()))
                .withMessageContaining("of thread 'other'")
                .withMessageContaining("it has started");
        done.countDown();
        other.join();
        g.close();
    }

    @Test
    @Tag("continuations")
    void p43_setParent_unstartedToAnotherThread_movesItThere() throws InterruptedException {
        Greenlet g = Greenlet.of(
                "moving", first -> first + " on " + Thread.currentThread().getName());
        List<@Nullable Object> seen = new ArrayList<>();
        Thread other = Thread.ofPlatform().name("other").start(() -> {
            g.setParent(Greenlet.current());
            seen.add(g.switchTo("ran"));
        });
        other.join();

        assertThat(seen).containsExactly("ran on other");
        assertThat(g.isDead()).isTrue();
    }

    @Test
    void p44_death_walksPastTheDead() {
        Greenlet a = Greenlet.of("a", first -> "a");
        Greenlet b = Greenlet.of("b", first -> "b");
        a.switchTo();
        b.switchTo();
        a.setParent(b);
        Greenlet g = Greenlet.of("g", first -> "value");
        g.setParent(a);

        assertThat(g.switchTo()).isEqualTo("value");
    }

    @Test
    void p44_death_whoseAncestorMovedToAnotherThread_isToldToTheNextAncestorHere() throws InterruptedException {
        Greenlet moving = Greenlet.of("moving", first -> first);
        Greenlet child = Greenlet.of("child", first -> main.switchTo("child waits"));
        child.setParent(moving);
        child.switchTo();
        CountDownLatch moved = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Thread other = Thread.ofPlatform().name("other").start(() -> {
            moving.setParent(Greenlet.current());
            moved.countDown();
            await(done);
        });
        moved.await();

        assertThatExceptionOfType(GreenletException.WrongThread.class)
                .isThrownBy(() -> child.switchTo("end"))
                .withMessageContaining("'moving'")
                .withMessageContaining("'other'");
        assertThat(child.isDead()).isTrue();
        done.countDown();
        other.join();
    }

    @Test
    void p45_exceptionOfAChild_reachesTheParentsPendingSwitchWhichMayCatchIt() {
        Late<Greenlet> second = new Late<>();
        Greenlet parent = Greenlet.of("parent", first -> {
            try {
                return second.get().switchTo();
            } catch (IllegalStateException caught) {
                return "caught " + caught.getMessage();
            }
        });
        second.set(Greenlet.of("second", first -> main.switchTo("in second")));
        second.get().setParent(parent);
        assertThat(parent.switchTo()).isEqualTo("in second");

        assertThat(second.get().throwInto(new IllegalStateException("thrown"))).isEqualTo("caught thrown");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
