package greenlet.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import greenlet.Greenlet;
import greenlet.GreenletException;
import greenlet.GreenletState;
import greenlet.Leak;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Promises 64 to 67: threads. */
class ThreadsTest {
    enum Kind {
        PLATFORM,
        VIRTUAL;

        Thread start(Runnable task) {
            Thread.Builder builder = this == PLATFORM ? Thread.ofPlatform() : Thread.ofVirtual();
            return builder.name("other").start(task);
        }
    }

    private final Greenlet main = Greenlet.current();

    @ParameterizedTest
    @EnumSource
    void p64_eachThread_hasATreeOfItsOwn(Kind kind) throws InterruptedException {
        List<Object> seen = new ArrayList<>();
        Thread thread = kind.start(() -> {
            Greenlet here = Greenlet.current();
            Greenlet g = Greenlet.of(first -> here.switchTo(1));
            seen.add(String.valueOf(g.switchTo()));
            seen.add(here != main);
            g.close();
        });
        thread.join();
        assertThat(seen).containsExactly("1", true);
    }

    @ParameterizedTest
    @EnumSource
    void p64_switchAcrossThreads_isRefusedInEveryState(Kind kind) throws InterruptedException {
        Greenlet unstarted = Greenlet.of("unstarted", first -> first);
        Greenlet suspended = Greenlet.of("suspended", first -> main.switchTo());
        suspended.switchTo();
        Greenlet dead = Greenlet.of("dead", first -> first);
        dead.switchTo();
        List<Greenlet> foreign = List.of(unstarted, suspended, dead, main);
        ConcurrentLinkedQueue<String> refusals = new ConcurrentLinkedQueue<>();
        Thread thread = kind.start(() -> {
            for (Greenlet g : foreign) {
                refuse(refusals, g::switchTo);
                refuse(refusals, g::throwInto);
            }
        });
        thread.join();

        assertThat(refusals)
                .hasSize(8)
                .allMatch(message ->
                        message.contains("thread '" + Thread.currentThread().getName() + "'")
                                && message.contains("this is thread 'other'"));
        assertThat(unstarted.state()).isEqualTo(GreenletState.UNSTARTED);
        assertThat(suspended.state()).isEqualTo(GreenletState.SUSPENDED);
        suspended.close();
    }

    private static void refuse(ConcurrentLinkedQueue<String> refusals, Runnable attempt) {
        try {
            attempt.run();
        } catch (GreenletException.WrongThread refusal) {
            refusals.add(String.valueOf(refusal.getMessage()));
        }
    }

    @Test
    void p65_message_saysIfTheThreadHasEnded() throws InterruptedException {
        Late<Greenlet> left = new Late<>();
        Thread thread = Kind.VIRTUAL.start(() -> {
            Greenlet here = Greenlet.current();
            left.set(Greenlet.of("left", first -> here.switchTo()));
            left.get().switchTo();
        });
        thread.join();

        assertThat(left.get().state()).isEqualTo(GreenletState.DEAD);
        assertThatExceptionOfType(GreenletException.WrongThread.class)
                .isThrownBy(() -> left.get().switchTo())
                .withMessage("Cannot switch to greenlet 'left': it belongs to thread 'other', which has ended, and this"
                        + " is thread '" + Thread.currentThread().getName()
                        + "'. Switch only among greenlets of one thread.");
    }

    @Test
    void p66_manyThreadsHammeringForeignGreenlets_areAlwaysRefused() throws InterruptedException {
        Greenlet busy = Greenlet.of("busy", first -> {
            while (true) {
                main.switchTo();
            }
        });
        AtomicInteger refused = new AtomicInteger();
        CountDownLatch started = new CountDownLatch(4);
        List<Thread> hammers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            hammers.add(Kind.PLATFORM.start(() -> {
                started.countDown();
                for (int n = 0; n < 2_000; n++) {
                    try {
                        (n % 2 == 0 ? busy : main).switchTo();
                    } catch (GreenletException.WrongThread expected) {
                        refused.incrementAndGet();
                    }
                }
            }));
        }
        started.await();
        for (int n = 0; n < 2_000; n++) {
            busy.switchTo();
        }
        for (Thread hammer : hammers) {
            hammer.join();
        }
        assertThat(refused).hasValue(8_000);
        busy.close();
    }

    @Test
    @Tag("continuations")
    void p67_platformThreadThatEnds_unwindsItsGreenletsOnItself() throws InterruptedException {
        List<String> unwound = new ArrayList<>();
        Late<Greenlet> kept = new Late<>();
        Thread thread = Kind.PLATFORM.start(() -> {
            Greenlet here = Greenlet.current();
            for (int i = 0; i < 3; i++) {
                int me = i;
                Greenlet g = Greenlet.of("g" + i, first -> {
                    try {
                        return here.switchTo();
                    } finally {
                        unwound.add(me + " on " + Thread.currentThread().getName());
                    }
                });
                g.switchTo();
                kept.set(g);
            }
        });
        thread.join();

        assertThat(unwound).containsExactlyInAnyOrder("0 on other", "1 on other", "2 on other");
        assertThat(kept.get().isDead()).isTrue();
        Greenlet itsMain = kept.get().parent();
        assertThat(itsMain).isNotNull();
        assertThat(itsMain.state()).isEqualTo(GreenletState.DEAD);
        assertThat(itsMain.toString()).contains("main", "DEAD", "other");
    }

    @Test
    @Tag("continuations")
    void p67_platformThreadThatEnds_reportsAndBuriesOneThatSwallowsTheExit() throws InterruptedException {
        ConcurrentLinkedQueue<Leak> leaks = new ConcurrentLinkedQueue<>();
        Leak.setHandler(leaks::add);
        try {
            Late<Greenlet> stubborn = new Late<>();
            Thread thread = Kind.PLATFORM.start(() -> {
                Greenlet here = Greenlet.current();
                stubborn.set(Greenlet.of("stubborn", first -> {
                    while (true) {
                        try {
                            here.switchTo();
                        } catch (Throwable swallowed) {
                            // stays
                        }
                    }
                }));
                stubborn.get().switchTo();
            });
            thread.join();

            assertThat(leaks)
                    .filteredOn(leak -> leak.greenlet().equals("stubborn"))
                    .singleElement()
                    .satisfies(leak -> {
                        assertThat(leak.reason()).isEqualTo(Leak.Reason.SURVIVED);
                        assertThat(leak.thread()).isEqualTo("other");
                        if (Boolean.getBoolean("greenlet.strict")) { // which records where
                            assertThat(leak.describe()).contains("It was created at " + ThreadsTest.class.getName());
                        }
                    });
            assertThat(stubborn.get().isDead()).isTrue();
        } finally {
            Leak.setHandler(null);
        }
    }

    /** Only those were that had been there when the thread ended. */
    @Test
    @Tag("continuations")
    void p67_platformThreadThatEnds_unwindsThoseToo_thatFinallyBlocksStart() throws InterruptedException {
        List<String> unwound = new ArrayList<>();
        Late<Greenlet> last = new Late<>();
        Kind.PLATFORM.start(() -> leaveOneThatLeavesAnother(3, unwound, last)).join();

        assertThat(unwound).containsExactly("3", "2", "1", "0");
        assertThat(last.get().isDead()).isTrue();
    }

    private static void leaveOneThatLeavesAnother(int more, List<String> unwound, Late<Greenlet> last) {
        Greenlet here = Greenlet.current();
        Greenlet g = Greenlet.of("leaves " + more, first -> {
            try {
                return here.switchTo();
            } finally {
                unwound.add(String.valueOf(more));
                if (more > 0) {
                    leaveOneThatLeavesAnother(more - 1, unwound, last);
                }
            }
        });
        last.set(g);
        g.switchTo();
    }

    @Test
    @Tag("continuations")
    void p67_platformThreadThatEnds_whoseFinallyBlocksNeverCeaseToStartOthers_buriesAndReportsTheRest()
            throws InterruptedException {
        ConcurrentLinkedQueue<Leak> leaks = new ConcurrentLinkedQueue<>();
        Leak.setHandler(leaks::add);
        try {
            List<String> unwound = new ArrayList<>();
            Late<Greenlet> last = new Late<>();
            Kind.PLATFORM
                    .start(() -> leaveOneThatLeavesAnother(1_000_000, unwound, last))
                    .join();

            assertThat(unwound).hasSize(100);
            assertThat(last.get().isDead()).isTrue();
            assertThat(leaks)
                    .filteredOn(leak -> leak.greenlet().startsWith("leaves "))
                    .extracting(Leak::reason)
                    .containsExactly(Leak.Reason.SURVIVED);
        } finally {
            Leak.setHandler(null);
        }
    }

    @Test
    void p67_virtualThreadThatEnds_reportsItsSuspendedGreenletsAndMarksThemDead() throws InterruptedException {
        ConcurrentLinkedQueue<Leak> leaks = new ConcurrentLinkedQueue<>();
        Leak.setHandler(leaks::add);
        try {
            List<String> unwound = new ArrayList<>();
            Late<Greenlet> left = new Late<>();
            Thread thread = Kind.VIRTUAL.start(() -> {
                Greenlet here = Greenlet.current();
                left.set(Greenlet.of("left behind", first -> {
                    try {
                        return here.switchTo();
                    } finally {
                        unwound.add("finally");
                    }
                }));
                left.get().switchTo();
                Greenlet closed = Greenlet.of("closed", first -> here.switchTo());
                closed.switchTo();
                closed.close();
            });
            thread.join();
            Leak.check();

            assertThat(left.get().state()).isEqualTo(GreenletState.DEAD);
            assertThat(unwound).isEmpty();
            assertThat(leaks)
                    .filteredOn(leak -> Set.of("left behind", "closed").contains(leak.greenlet()))
                    .singleElement()
                    .satisfies(leak -> {
                        assertThat(leak.greenlet()).isEqualTo("left behind");
                        assertThat(leak.reason()).isEqualTo(Leak.Reason.THREAD_ENDED);
                    });
        } finally {
            Leak.setHandler(null);
        }
    }
}
