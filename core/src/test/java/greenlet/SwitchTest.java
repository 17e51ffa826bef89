package greenlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Control and values go where they are sent. */
class SwitchTest {
    private final Greenlet main = Greenlet.current();

    @Test
    void switchTo_firstAndLater_deliversValuesBothWays() {
        Greenlet ping = Greenlet.of("ping", first -> {
            Object heard = first;
            while (!"stop".equals(heard)) {
                heard = main.switchTo("pong " + heard);
            }
            return "bye";
        });

        assertThat(ping.switchTo("1")).isEqualTo("pong 1");
        assertThat(ping.switchTo("2")).isEqualTo("pong 2");
        assertThat(ping.state()).isEqualTo(GreenletState.SUSPENDED);
        assertThat(ping.switchTo("stop")).isEqualTo("bye");
        assertThat(ping.state()).isEqualTo(GreenletState.DEAD);
    }

    @Test
    void switchTo_amongSiblings_isSymmetric() {
        List<String> trace = new ArrayList<>();
        @Nullable Greenlet[] b = {null};
        Greenlet a = Greenlet.of("a", first -> {
            trace.add("a:" + first);
            trace.add("a:" + started(b).switchTo("from a"));
            return "a done";
        });
        b[0] = Greenlet.of("b", first -> {
            trace.add("b:" + first);
            trace.add("b:" + a.switchTo("from b"));
            return "b done";
        });

        assertThat(a.switchTo("go")).isEqualTo("a done");
        assertThat(started(b).switchTo("again")).isEqualTo("b done");
        assertThat(trace).containsExactly("a:go", "b:from a", "a:from b", "b:again");
    }

    @Test
    void switchTo_withoutValue_deliversNull() {
        List<@Nullable Object> seen = new ArrayList<>();
        Greenlet g = Greenlet.of(first -> {
            seen.add(first);
            seen.add(main.switchTo());
            return null;
        });

        assertThat(g.switchTo()).isNull();
        assertThat(g.switchTo(null)).isNull();
        assertThat(seen).containsExactly(null, null);
    }

    @Test
    void switchTo_self_returnsTheValue() {
        assertThat(main.switchTo("me")).isEqualTo("me");
    }

    @Test
    void switchTo_dead_goesToTheNearestLiveAncestor() {
        Greenlet dead = Greenlet.of(first -> first);
        dead.switchTo(1);

        assertThat(dead.switchTo("to whom?")).isEqualTo("to whom?");
    }

    @Test
    void death_byException_throwsTheIdenticalCheckedExceptionInTheParent() {
        IOException failure = new IOException("planned");
        Greenlet g = Greenlet.of(first -> {
            throw failure;
        });

        try {
            g.switchTo(null, IOException.class);
            fail("the exception did not arrive");
        } catch (IOException arrived) {
            assertThat(arrived).isSameAs(failure);
            assertThat(arrived.getSuppressed()).isEmpty();
        }
        assertThat(g.isDead()).isTrue();
    }

    @Test
    void throwInto_suspended_runsFinallyAndReturnsTheExit() {
        List<String> trace = new ArrayList<>();
        Greenlet g = Greenlet.of(first -> {
            try {
                return main.switchTo("waiting");
            } finally {
                trace.add("finally");
            }
        });
        g.switchTo();

        assertThat(g.throwInto()).isInstanceOf(GreenletExit.class);
        assertThat(trace).containsExactly("finally");
    }

    @Test
    void throwInto_unstarted_neverRunsIt() {
        Greenlet g = Greenlet.of(first -> fail("must not run"));
        IllegalStateException failure = new IllegalStateException("planned");

        assertThatThrownBy(() -> g.throwInto(failure)).isSameAs(failure);
        assertThat(g.isDead()).isTrue();
        assertThat(Greenlet.of(first -> fail("must not run")).throwInto()).isInstanceOf(GreenletExit.class);
    }

    @Test
    void throwInto_self_throwsInPlaceEvenAnExit() {
        GreenletExit exit = new GreenletExit("mine");
        assertThatThrownBy(() -> main.throwInto(exit)).isSameAs(exit);
    }

    @Test
    void switchTo_otherThread_isRefusedNamingBoth() throws InterruptedException {
        Greenlet g = Greenlet.of("reader-3", first -> first);
        List<Throwable> refusals = new ArrayList<>();
        Thread other = Thread.ofPlatform().name("worker-1").start(() -> {
            try {
                g.switchTo(1);
            } catch (GreenletException e) {
                refusals.add(e);
            }
        });
        other.join(10_000);

        assertThat(refusals).singleElement().isInstanceOf(GreenletException.WrongThread.class);
        assertThat(refusals.getFirst())
                .hasMessage("Cannot switch to greenlet 'reader-3': it belongs to thread '"
                        + Thread.currentThread().getName() + "' and this is thread 'worker-1'."
                        + " Switch only among greenlets of one thread.");
        assertThat(g.switchTo("here")).isEqualTo("here");
    }

    @Test
    void setParent_cycleAndMain_areRefusedByKind() {
        Greenlet a = Greenlet.of("a", first -> first);
        Greenlet b = Greenlet.of("b", first -> first);
        b.setParent(a);

        assertThatExceptionOfType(GreenletException.CyclicParent.class).isThrownBy(() -> a.setParent(b));
        assertThatExceptionOfType(GreenletException.CyclicParent.class).isThrownBy(() -> a.setParent(a));
        assertThatExceptionOfType(GreenletException.MainGreenlet.class).isThrownBy(() -> main.setParent(a));
    }

    @Test
    void death_ofChildWithUnstartedParent_startsTheParentWithTheValue() {
        Greenlet parent = Greenlet.of("parent", first -> "parent got " + first);
        Greenlet child = Greenlet.of("child", first -> first);
        child.setParent(parent);

        assertThat(child.switchTo(7)).isEqualTo("parent got 7");
        assertThat(parent.isDead()).isTrue();
    }

    @Test
    void switchTo_inVirtualThread_worksAndBlockingParksTheWholeThread() throws InterruptedException {
        List<@Nullable Object> seen = new ArrayList<>();
        Thread virtual = Thread.startVirtualThread(() -> {
            Greenlet here = Greenlet.current();
            Greenlet g = Greenlet.of(first -> {
                Thread.sleep(1); // what is looked at: a call that blocks the virtual thread
                return here.switchTo("slept");
            });
            seen.add(g.switchTo());
            seen.add(g.switchTo("end"));
        });
        virtual.join();

        assertThat(seen).containsExactly("slept", "end");
    }

    private static Greenlet started(@Nullable Greenlet[] holder) {
        Greenlet g = holder[0];
        if (g == null) {
            throw new AssertionError("not there yet");
        }
        return g;
    }
}
