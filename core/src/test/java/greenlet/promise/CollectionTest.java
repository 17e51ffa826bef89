package greenlet.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.fail;

import greenlet.Greenlet;
import greenlet.GreenletException;
import greenlet.GreenletExit;
import greenlet.GreenletLocal;
import greenlet.GreenletState;
import greenlet.Leak;
import greenlet.host.GreenletCounts;
import greenlet.host.GreenletHost;
import greenlet.host.HostPolicy;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Promises 70 to 76: what happens to a greenlet that nobody refers to, and closing. */
@ExtendWith(OwnThread.class)
class CollectionTest {
    private final Greenlet main = Greenlet.current();
    private final List<Leak> leaks = new ArrayList<>();

    @BeforeEach
    void collectLeaks() {
        GreenletHost.drain();
        Leak.setHandler(leaks::add);
    }

    @AfterEach
    void stopCollecting() {
        Leak.setHandler(null);
        GreenletHost.setPolicy(null);
    }

    /** Collects until it shows; a collector that never does fails the test by its bound. */
    private static void collectUntil(BooleanSupplier shown) {
        for (int i = 0; i < 200; i++) {
            System.gc();
            GreenletHost.drain();
            if (shown.getAsBoolean()) {
                return;
            }
        }
        fail("200 collections have not shown it");
    }

    @Test
    @Tag("continuations")
    void p70_unreachable_isUnwoundOnItsThreadAtTheNextSwitch() {
        List<String> trace = new ArrayList<>();
        Thread here = Thread.currentThread();
        drop("dropped", trace);
        Greenlet echo = Greenlet.of("echo", first -> {
            while (true) {
                main.switchTo();
            }
        });

        for (int i = 0; i < 200 && trace.isEmpty(); i++) {
            System.gc();
            echo.switchTo(); // no call but a switch: that is the promise
        }
        assertThat(trace)
                .containsExactly("nothing refers to greenlet 'dropped' any more on " + here.getName(), "finally");
        assertThat(Greenlet.current()).isSameAs(main);
        assertThat(leaks)
                .extracting(Leak::greenlet, Leak::reason)
                .containsExactly(tuple("dropped", Leak.Reason.ABANDONED));
        echo.close();
    }

    private static void drop(String name, List<String> trace) {
        Greenlet here = Greenlet.current();
        Greenlet g = Greenlet.of(name, first -> {
            try {
                return here.switchTo();
            } catch (GreenletExit exit) {
                trace.add(exit.getMessage() + " on " + Thread.currentThread().getName());
                throw exit;
            } finally {
                trace.add("finally");
            }
        });
        g.switchTo();
    }

    private static final List<String> FROM_INITIALISER = new ArrayList<>();
    private static @Nullable Greenlet target;

    /** Its initialiser, which runs once in a JVM, pins the stack that it runs on, and collects and switches. */
    private static final class Pinning {
        static final int SWITCHES = collectAndSwitch();

        private static int collectAndSwitch() {
            Greenlet target = CollectionTest.target;
            for (int i = 0; i < 20; i++) {
                System.gc();
                try {
                    Objects.requireNonNull(target).switchTo();
                } catch (GreenletException.Pinned refusal) {
                    FROM_INITIALISER.add("pinned");
                }
            }
            return 20;
        }
    }

    /** It was lost: the switch that could not be made had taken it off the list. */
    @Test
    @Tag("continuations")
    void p70_unreachableWhereTheStackIsPinned_isUnwoundAtTheNextSwitchThatIsNot() {
        List<String> trace = new ArrayList<>();
        target = main;
        Greenlet g = Greenlet.of("initialising", first -> {
            drop("dropped", trace); // which comes back here
            Greenlet.of("other", value -> value).switchTo(); // the thread remembers who ran last
            trace.add("switches " + Pinning.SWITCHES);
            return main.switchTo();
        });

        g.switchTo();
        assertThat(FROM_INITIALISER).hasSize(20);
        assertThat(trace).startsWith("switches 20"); // it could not be unwound in the initialiser
        assertThat(leaks).hasSize(1); // where it was found
        collectUntil(() -> trace.contains("finally"));
        assertThat(leaks).extracting(Leak::reason).containsExactly(Leak.Reason.ABANDONED);
        g.close();
    }

    @Test
    @Tag("continuations")
    void p71_unwinding_sendsTheOutcomeToTheCurrentGreenletNotToTheParent() {
        List<String> trace = new ArrayList<>();
        Greenlet parent = Greenlet.of("parent", first -> {
            drop("child", trace); // which comes back here
            trace.clear();
            main.switchTo();
            trace.add("parent resumed");
            return main.switchTo();
        });
        parent.switchTo();

        collectUntil(() -> trace.contains("finally"));
        assertThat(trace).doesNotContain("parent resumed");
        assertThat(parent.state()).isEqualTo(GreenletState.SUSPENDED);
        parent.close();
    }

    @Test
    @Tag("continuations")
    void p72_unwoundOne_mayKeepItselfAndGoOnAndIsFoundAgainLater() {
        List<Greenlet> kept = new ArrayList<>();
        List<String> trace = new ArrayList<>();
        dropOneThatKeepsItself(kept, trace);

        collectUntil(() -> !kept.isEmpty());
        assertThat(leaks).extracting(Leak::reason).containsExactly(Leak.Reason.ABANDONED, Leak.Reason.SURVIVED);
        assertThat(kept.getFirst().state()).isEqualTo(GreenletState.SUSPENDED);
        assertThat(kept.getFirst().switchTo("alive")).isEqualTo("alive again");

        kept.clear();
        collectUntil(() -> trace.contains("finally"));
    }

    private void dropOneThatKeepsItself(List<Greenlet> kept, List<String> trace) {
        Greenlet.of("phoenix", first -> {
                    try {
                        Object next = null;
                        try {
                            main.switchTo();
                        } catch (GreenletExit exit) {
                            kept.add(Greenlet.current());
                            next = main.switchTo();
                        }
                        return main.switchTo(next + " again");
                    } finally {
                        trace.add("finally");
                    }
                })
                .switchTo();
    }

    @Test
    @Tag("continuations")
    void p73_otherExceptionOfAnUnwoundOne_goesToTheHandlerAndIsNotRaised() {
        List<Throwable> unraisable = new ArrayList<>();
        GreenletHost.setPolicy(new HostPolicy() {
            @Override
            public void unraisable(Greenlet dead, Throwable thrown) {
                assertThat(dead.name()).isEqualTo("failing");
                unraisable.add(thrown);
            }
        });
        IllegalStateException failure = new IllegalStateException("from finally");
        dropFailing(failure);

        collectUntil(() -> !unraisable.isEmpty());
        assertThat(unraisable).containsExactly(failure);
    }

    private void dropFailing(RuntimeException failure) {
        Greenlet.of("failing", first -> {
                    try {
                        return main.switchTo();
                    } catch (GreenletExit exit) {
                        throw failure;
                    }
                })
                .switchTo();
    }

    @Test
    @Tag("continuations")
    void p73_byDefault_theHandlerIsTheThreadsUncaughtExceptionHandler() throws InterruptedException {
        IllegalStateException failure = new IllegalStateException("from finally");
        List<Throwable> uncaught = new ArrayList<>();
        List<String> goneOn = new ArrayList<>();
        Thread thread = Thread.ofPlatform().unstarted(() -> {
            new CollectionTest().dropFailing(failure); // whose main greenlet is this thread's
            collectUntil(() -> !uncaught.isEmpty());
            goneOn.add("not raised");
        });
        thread.setUncaughtExceptionHandler((failed, thrown) -> uncaught.add(thrown));
        thread.start();
        thread.join();

        assertThat(uncaught).containsExactly(failure);
        assertThat(goneOn).containsExactly("not raised");
    }

    @Test
    @Tag("continuations")
    void p74_weakReference_isClearedBeforeTheBodysFinally() {
        List<WeakReference<Greenlet>> weak = new ArrayList<>();
        List<Object> seen = new ArrayList<>();
        dropWatched(weak, seen);
        assertThat(weak.getFirst().get()).isNotNull();

        collectUntil(() -> !seen.isEmpty());
        assertThat(seen).containsExactly("cleared");
    }

    private void dropWatched(List<WeakReference<Greenlet>> weak, List<Object> seen) {
        Greenlet g = Greenlet.of("watched", first -> {
            try {
                return main.switchTo();
            } finally {
                seen.add(weak.getFirst().get() == null ? "cleared" : "still there");
            }
        });
        weak.add(new WeakReference<>(g));
        g.switchTo();
    }

    @Test
    void p74_unstartedAndDead_areCollected() {
        List<WeakReference<Greenlet>> weak = new ArrayList<>();
        addUnstartedAndDead(weak);
        collectUntil(() -> weak.stream().allMatch(one -> one.get() == null));
    }

    private static void addUnstartedAndDead(List<WeakReference<Greenlet>> weak) {
        weak.add(new WeakReference<>(Greenlet.of(first -> first)));
        Greenlet dead = Greenlet.of(first -> first);
        dead.switchTo();
        weak.add(new WeakReference<>(dead));
        Late<Greenlet> cyclic = new Late<>();
        GreenletLocal<Greenlet> itself = GreenletLocal.withInitial(cyclic::get);
        cyclic.set(Greenlet.of(first -> itself.get()));
        assertThat(cyclic.get().switchTo()).isSameAs(cyclic.get()); // holds itself: body, local and attachment
        GreenletHost.attach(cyclic.get(), cyclic.get());
        weak.add(new WeakReference<>(cyclic.get()));
    }

    @Test
    @Tag("continuations")
    void p75_cycleThroughTheFramesOfASuspendedOne_isUnwoundToo() {
        List<String> trace = new ArrayList<>();
        dropCycle(trace);
        collectUntil(() -> trace.size() == 2);
        assertThat(trace).containsExactlyInAnyOrder("a", "b");
    }

    /** Each holds itself and the other in its frames: CPython lets such a pair go only from 3.15 on. */
    private void dropCycle(List<String> trace) {
        Late<Greenlet> a = new Late<>();
        Late<Greenlet> b = new Late<>();
        a.set(Greenlet.of("a", first -> hold(trace, a, b)));
        b.set(Greenlet.of("b", first -> hold(trace, b, a)));
        a.get().switchTo();
        b.get().switchTo();
    }

    private @Nullable Object hold(List<String> trace, Late<Greenlet> mine, Late<Greenlet> other) {
        try {
            main.switchTo();
            return other.get().name();
        } finally {
            trace.add(mine.get().name());
        }
    }

    @Test
    @Tag("continuations")
    void p76_finallyThatSwitches_doesNotCorruptTheOthers() {
        List<String> trace = new ArrayList<>();
        Greenlet helper = Greenlet.of("helper", first -> {
            Object caller = first;
            while (caller instanceof Greenlet back) {
                caller = back.switchTo("helped");
            }
            return caller;
        });
        dropSwitching(trace, helper);
        collectUntil(() -> trace.contains("helped"));
        assertThat(Greenlet.current()).isSameAs(main);
        helper.close();
    }

    private void dropSwitching(List<String> trace, Greenlet helper) {
        Greenlet.of("switching", first -> {
                    try {
                        return main.switchTo();
                    } finally {
                        trace.add(String.valueOf(helper.switchTo(Greenlet.current())));
                    }
                })
                .switchTo();
    }

    /** The one that reaps waits in vain: it was held by what it waits for, and nothing else was unwound ever again. */
    @Test
    @Tag("continuations")
    void p76_finallyThatNeverComesBack_keepsNobodyAndOthersAreStillUnwound() {
        List<String> trace = new ArrayList<>();
        dropOneWhoseSwitchReaps(trace);
        assertThat(trace).containsExactly("leaves");
        drop("other", trace); // which comes back here

        collectUntil(() -> trace.contains("finally"));
        collectUntil(() -> trace.contains("reaper unwound") && trace.contains("left unwound"));
        assertThat(trace).doesNotContain("reaper goes on", "left goes on");
        assertThat(Greenlet.current()).isSameAs(main);
    }

    @Test
    @Tag("continuations")
    void p76_finallyThatNeverComesBack_othersAreUnwoundThoughTheReaperIsKept() {
        List<String> trace = new ArrayList<>();
        Greenlet reaper = dropOneWhoseSwitchReaps(trace);
        drop("other", trace); // which comes back here

        collectUntil(() -> trace.contains("finally"));
        assertThat(trace).doesNotContain("reaper unwound", "reaper goes on");
        reaper.close();
        assertThat(trace).contains("reaper unwound");
    }

    /** Returns one that has collected until its switch unwound another, whose finally block has switched to main for good. */
    private Greenlet dropOneWhoseSwitchReaps(List<String> trace) {
        Greenlet reaper = Greenlet.of("reaper", first -> {
            Greenlet here = Greenlet.current();
            dropOneThatLeaves(trace, here);
            Greenlet.of("other", value -> value).switchTo(); // the thread remembers who ran last
            try {
                for (int i = 0; i < 200; i++) {
                    System.gc();
                    here.switchTo(); // to itself: a switch, and nobody else's
                }
                return fail("200 collections have not shown it");
            } finally {
                trace.add(trace.contains("reaper unwound") ? "reaper goes on" : "reaper unwound");
            }
        });
        reaper.switchTo();
        return reaper;
    }

    private void dropOneThatLeaves(List<String> trace, Greenlet creator) {
        Greenlet.of("leaving", first -> {
                    try {
                        return creator.switchTo();
                    } finally {
                        trace.add("leaves");
                        try {
                            main.switchTo();
                            trace.add("left goes on");
                        } finally {
                            trace.add("left unwound");
                        }
                    }
                })
                .switchTo();
    }

    /** It went to the handler of the one that was being unwound, and the switch went on as if nothing had been thrown. */
    @Test
    @Tag("continuations")
    void p76_exceptionThrownIntoTheReaper_arrivesThere() {
        List<String> trace = new ArrayList<>();
        Greenlet reaper = dropOneWhoseSwitchReaps(trace);
        IllegalStateException thrown = new IllegalStateException("into the reaper");

        assertThatThrownBy(() -> reaper.throwInto(thrown)).isSameAs(thrown);
        assertThat(trace).containsExactly("leaves", "reaper unwound");
        assertThat(reaper.isDead()).isTrue();
    }

    /** The other is still listed as abandoned when it runs and switches: it must not be unwound by itself. */
    @Test
    @Tag("continuations")
    void p76_finallyThatSwitchesToAnotherAbandonedOne_thatOneRunsAndIsUnwoundToo() {
        List<String> trace = new ArrayList<>();
        dropPairThatSwitches(trace);

        collectUntil(() -> trace.contains("a unwound") && trace.contains("b unwound"));
        assertThat(Greenlet.current()).isSameAs(main);
    }

    private void dropPairThatSwitches(List<String> trace) {
        Late<Greenlet> a = new Late<>();
        Late<Greenlet> b = new Late<>();
        a.set(Greenlet.of("a", first -> switchInFinally(trace, a, b)));
        b.set(Greenlet.of("b", first -> switchInFinally(trace, b, a)));
        a.get().switchTo();
        b.get().switchTo();
    }

    private @Nullable Object switchInFinally(List<String> trace, Late<Greenlet> mine, Late<Greenlet> other) {
        try {
            main.switchTo();
            return other.get().switchTo(); // resumed by the other's finally block
        } finally {
            trace.add(mine.get().name() + " unwound");
            other.get().switchTo();
        }
    }

    @Test
    void counts_tellStartedEndedSuspendedAndUnwound() throws InterruptedException {
        List<GreenletCounts> counts = new ArrayList<>();
        Thread thread = Thread.ofPlatform().start(() -> {
            Greenlet here = Greenlet.current();
            Greenlet.of(first -> first).switchTo();
            Greenlet g = Greenlet.of(first -> here.switchTo());
            g.switchTo();
            Greenlet.of(first -> fail("never started"));
            counts.add(GreenletHost.counts());
            g.close();
            counts.add(GreenletHost.counts());
        });
        thread.join();
        assertThat(counts).containsExactly(new GreenletCounts(2, 1, 1, 0), new GreenletCounts(2, 2, 0, 0));
    }

    @Test
    void close_inEachState_endsItAndComesBack() {
        List<String> trace = new ArrayList<>();
        Greenlet unstarted = Greenlet.of(first -> fail("must not run"));
        unstarted.close();
        assertThat(unstarted.isDead()).isTrue();
        unstarted.close();

        Greenlet elsewhere = Greenlet.of("elsewhere", first -> main.switchTo());
        elsewhere.switchTo();
        try (Greenlet g = Greenlet.of("g", first -> {
            try {
                return main.switchTo();
            } finally {
                trace.add("finally");
            }
        })) {
            g.setParent(elsewhere);
            g.switchTo();
        }
        assertThat(trace).containsExactly("finally");
        assertThat(elsewhere.state()).isEqualTo(GreenletState.SUSPENDED);
        elsewhere.close();

        Greenlet self = Greenlet.of(first -> {
            Greenlet.current().close();
            return fail("must not go on");
        });
        assertThat(self.switchTo()).isInstanceOf(GreenletExit.class);
    }

    @Test
    void close_ofOneWhoseFinallyFails_throwsThatHere() {
        IllegalStateException failure = new IllegalStateException("from finally");
        Greenlet g = Greenlet.of(first -> {
            try {
                return main.switchTo();
            } catch (GreenletExit exit) {
                throw failure;
            }
        });
        g.switchTo();
        assertThatThrownBy(g::close).isSameAs(failure);
        assertThat(g.isDead()).isTrue();
    }

    @Test
    void close_ofOneThatSwallowsTheExit_isRefusedWithTheRemedy() {
        Greenlet g = Greenlet.of("stubborn", first -> {
            try {
                return main.switchTo();
            } catch (GreenletExit swallowed) {
                return main.switchTo();
            }
        });
        g.switchTo();
        assertThatExceptionOfType(GreenletException.StillAlive.class)
                .isThrownBy(g::close)
                .withMessage("Cannot close greenlet 'stubborn': it caught the GreenletExit and switched away, and is"
                        + " SUSPENDED. Let GreenletExit pass in its body, or resume it until it ends.");
        g.switchTo();
        assertThat(g.isDead()).isTrue();
    }

    @Test
    void close_byAChildOfTheClosed_comesBackToTheChildAndTheRestStaysWhole() {
        List<String> trace = new ArrayList<>();
        Late<Greenlet> parent = new Late<>();
        parent.set(Greenlet.of("parent", first -> {
            Greenlet child = Greenlet.of("child", value -> {
                parent.get().close();
                trace.add("child goes on");
                return "child's";
            });
            try {
                return child.switchTo();
            } finally {
                trace.add("parent unwound");
            }
        }));

        assertThat(parent.get().switchTo()).isEqualTo("child's");
        assertThat(trace).containsExactly("parent unwound", "child goes on");
    }
}
