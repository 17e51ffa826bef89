package greenlet.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.fail;

import greenlet.Greenlet;
import greenlet.GreenletExit;
import greenlet.GreenletState;
import greenlet.host.GreenletHost;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Promises 28 to 39: throw, exits, death. */
class ThrowingTest {
    private final Greenlet main = Greenlet.current();

    private Greenlet suspended(List<Throwable> caught) {
        Greenlet g = Greenlet.of("suspended", first -> {
            try {
                return main.switchTo();
            } catch (Throwable thrown) {
                caught.add(thrown);
                return "caught";
            }
        });
        g.switchTo();
        return g;
    }

    @Test
    void p28_throwInto_raisesTheIdenticalObjectThereAndDefaultsToAnExit() {
        List<Throwable> caught = new ArrayList<>();
        IOException failure = new IOException("checked");

        assertThat(suspended(caught).throwInto(failure)).isEqualTo("caught");
        assertThat(suspended(caught).throwInto()).isEqualTo("caught");
        assertThat(caught.getFirst()).isSameAs(failure);
        assertThat(caught.getLast()).isExactlyInstanceOf(GreenletExit.class);
    }

    @Test
    @SuppressWarnings("NullAway") // the point of the test
    void p29_throwInto_null_isRefusedAtOnce() {
        Greenlet g = suspended(new ArrayList<>());
        assertThatNullPointerException().isThrownBy(() -> g.throwInto(null)).withMessage("exception");
        assertThat(g.state()).isEqualTo(GreenletState.SUSPENDED);
        g.close();
    }

    @Test
    void p30_throwInto_unstarted_neverRunsAndGoesToItsParent() {
        Greenlet g = Greenlet.of(first -> fail("must not run"));
        IllegalStateException failure = new IllegalStateException("to the parent");
        assertThatThrownBy(() -> g.throwInto(failure)).isSameAs(failure);
        assertThat(g.isDead()).isTrue();

        GreenletExit exit = new GreenletExit();
        assertThat(Greenlet.of(first -> fail("must not run")).throwInto(exit)).isSameAs(exit);
    }

    @Test
    void p30_throwInto_unstartedWithOtherParent_raisesInThatParent() {
        List<Throwable> caught = new ArrayList<>();
        Greenlet parent = suspended(caught);
        Greenlet child = Greenlet.of("child", first -> fail("must not run"));
        child.setParent(parent);
        IllegalStateException failure = new IllegalStateException("to the parent");

        assertThat(child.throwInto(failure)).isEqualTo("caught");
        assertThat(caught).containsExactly(failure);
    }

    @Test
    void p31_throwInto_dead_returnsExitsAndRaisesTheRestInTheLiveAncestor() {
        Greenlet dead = Greenlet.of(first -> first);
        dead.switchTo();
        GreenletExit exit = new GreenletExit();
        assertThat(dead.throwInto(exit)).isSameAs(exit);
        assertThat(dead.throwInto(exit)).isSameAs(exit);
        IllegalStateException failure = new IllegalStateException("not an exit");
        assertThatThrownBy(() -> dead.throwInto(failure)).isSameAs(failure);
    }

    @Test
    void p32_throwInto_self_raisesInPlaceExitsIncluded() {
        GreenletExit exit = new GreenletExit();
        assertThatThrownBy(() -> main.throwInto(exit)).isSameAs(exit);
        Greenlet g = Greenlet.of(first -> {
            try {
                return Greenlet.current().throwInto(exit);
            } catch (GreenletExit caught) {
                return "in place";
            }
        });
        assertThat(g.switchTo()).isEqualTo("in place");
    }

    @Test
    void p33_throwInto_isLikeAChildThatRaises() {
        List<Throwable> caught = new ArrayList<>();
        IllegalStateException failure = new IllegalStateException("either way");
        suspended(caught).throwInto(failure);
        Greenlet target = suspended(caught);
        Greenlet child = Greenlet.of(first -> {
            throw failure;
        });
        child.setParent(target);
        child.switchTo();

        assertThat(caught).containsExactly(failure, failure);
    }

    @Test
    void p34_uncaughtException_killsAndRaisesInTheParentWithTheChildsFramesOnly() {
        Greenlet unrelated = Greenlet.of("unrelated", first -> suspendUnrelated());
        unrelated.switchTo();
        Greenlet g = Greenlet.of("failing", first -> failAfterResumption());
        Greenlet starter = Greenlet.of("starter", first -> startFailing(g));
        starter.switchTo();

        assertThatThrownBy(g::switchTo)
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasNoCause()
                .satisfies(e -> {
                    assertThat(e.getSuppressed()).isEmpty();
                    // Its own, from the throw to its body; neither a bystander's nor those of the greenlet that started
                    // it.
                    assertThat(e.getStackTrace())
                            .extracting(StackTraceElement::getMethodName)
                            .startsWith("failAfterResumption")
                            .doesNotContain("suspendUnrelated", "startFailing");
                });
        assertThat(g.isDead()).isTrue();
        unrelated.close();
        starter.close();
    }

    private Object suspendUnrelated() {
        return String.valueOf(main.switchTo());
    }

    private Object startFailing(Greenlet failing) {
        return String.valueOf(failing.switchTo());
    }

    private Object failAfterResumption() {
        main.switchTo();
        throw new IllegalStateException("mine");
    }

    @Test
    void p35_uncaughtExitOrSubclass_isReturnedToTheParent() {
        class MyExit extends GreenletExit {
            private static final long serialVersionUID = 1L;
        }
        MyExit exit = new MyExit();
        Greenlet g = Greenlet.of(first -> {
            throw exit;
        });
        assertThat(g.switchTo()).isSameAs(exit);
        Greenlet suspended = Greenlet.of(first -> main.switchTo());
        suspended.switchTo();
        assertThat(suspended.throwInto(exit)).isSameAs(exit);
    }

    @Test
    void p35_exitCaughtAndReturned_isAnOrdinaryValue() {
        List<Throwable> caught = new ArrayList<>();
        Greenlet g = suspended(caught);
        assertThat(g.throwInto(new GreenletExit("caught"))).isEqualTo("caught");
        assertThat(g.isDead()).isTrue();
    }

    @Test
    void p36_exit_isAnErrorThatCatchExceptionLetsPass() {
        Greenlet g = Greenlet.of(first -> {
            try {
                return main.switchTo();
            } catch (Exception swallowed) {
                return "swallowed";
            }
        });
        g.switchTo();
        assertThat(g.throwInto()).isInstanceOf(GreenletExit.class);
    }

    @Test
    void p37_throwInto_lateBody_isNotLostInTheLookup() {
        List<String> lookups = new ArrayList<>();
        Greenlet g = GreenletHost.ofLateBody("late", () -> {
            lookups.add("lookup");
            return first -> first;
        });
        IllegalStateException failure = new IllegalStateException("kept");
        assertThatThrownBy(() -> g.throwInto(failure)).isSameAs(failure);
        assertThat(lookups).isEmpty();
    }

    @Test
    void p38_state_tellsUnstartedSuspendedAndDeadApart() {
        Greenlet g = Greenlet.of(first -> main.switchTo());
        assertThat(g.isDead()).isFalse();
        assertThat(g.state()).isEqualTo(GreenletState.UNSTARTED);
        g.switchTo();
        assertThat(g.isDead()).isFalse();
        assertThat(g.state()).isEqualTo(GreenletState.SUSPENDED);
        g.switchTo();
        assertThat(g.isDead()).isTrue();
    }
}
