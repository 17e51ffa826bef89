package greenlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Strict mode finds a monitor that is held across a switch, in interpreted and in compiled code, and nothing else. */
class StrictModeTest {
    private static final int COMPILED_AFTER = 20_000;

    private final Greenlet main = Greenlet.current();
    private final Object lock = new Object();

    @BeforeEach
    void onlyInStrictMode() {
        assumeTrue(Boolean.getBoolean("greenlet.strict"), "the build sets -Dgreenlet.strict=true");
    }

    private @Nullable Object switchHolding(boolean holding, Greenlet target) {
        if (holding) {
            synchronized (lock) {
                return target.switchTo();
            }
        }
        return target.switchTo();
    }

    private synchronized @Nullable Object switchInSynchronizedMethod() {
        return main.switchTo();
    }

    @Test
    void switchTo_holdingAMonitor_isRefusedNamingLockAndPlace() {
        Greenlet g = Greenlet.of("holder", first -> switchHolding(true, main));

        assertThatExceptionOfType(GreenletException.MonitorHeld.class)
                .isThrownBy(g::switchTo)
                .withMessageStartingWith("Cannot leave greenlet 'holder': it holds the monitor of a java.lang.Object@"
                        + Integer.toHexString(System.identityHashCode(lock)) + ", entered in ")
                .withMessageContaining("StrictModeTest.switchHolding(StrictModeTest.java:");
        assertThat(g.isDead()).isTrue();
    }

    @Test
    void switchTo_inASynchronizedMethod_isRefused() {
        Greenlet g = Greenlet.of("holder", first -> switchInSynchronizedMethod());
        assertThatExceptionOfType(GreenletException.MonitorHeld.class)
                .isThrownBy(g::switchTo)
                .withMessageContaining("the monitor of a greenlet.StrictModeTest@");
    }

    @Test
    void switchTo_byMainHoldingAMonitor_isRefusedAndTheTargetIsUntouched() {
        Greenlet g = Greenlet.of("target", first -> first);
        assertThatExceptionOfType(GreenletException.MonitorHeld.class).isThrownBy(() -> switchHolding(true, g));
        assertThat(g.state()).isEqualTo(GreenletState.UNSTARTED);
    }

    @Test
    void switchTo_compiledCode_isRefusedExactlyWhenAMonitorIsHeld() {
        // On a thread of its own, whose stack is short: each switch walks it.
        OnThread.platform(() -> {
            Greenlet here = Greenlet.current();
            Greenlet g = Greenlet.of("compiled", first -> {
                Object holding = first;
                while (holding instanceof Boolean hold) {
                    try {
                        holding = switchHolding(hold, here);
                    } catch (GreenletException.MonitorHeld refusal) {
                        holding = here.switchTo("refused");
                    }
                }
                return "end";
            });
            for (int i = 0; i < COMPILED_AFTER; i++) {
                boolean hold = i % 3 == 0;
                assertThat(g.switchTo(hold)).isEqualTo(hold ? "refused" : null);
            }
            g.close();
        });
    }

    @Test
    @SuppressWarnings("LockNotBeforeTry") // taken in another block on purpose
    void switchTo_releasedMonitorsAndHeldLocks_raiseNoAlarm() {
        ReentrantLock reentrant = new ReentrantLock();
        Greenlet g = Greenlet.of("fine", first -> {
            synchronized (lock) {
                reentrant.lock();
            }
            try {
                return main.switchTo("no alarm"); // locks are the thread's: strict mode says monitors only
            } finally {
                reentrant.unlock();
            }
        });
        assertThat(g.switchTo()).isEqualTo("no alarm");
        g.close();
    }

    @Test
    @Tag("continuations")
    void switchTo_holdingAMonitorOnAVirtualThread_isRefusedAndMainsToo() {
        OnThread.virtual(() -> {
            Greenlet here = Greenlet.current();
            Greenlet g = Greenlet.of("holder", first -> switchHolding(true, here));
            assertThatExceptionOfType(GreenletException.MonitorHeld.class)
                    .isThrownBy(g::switchTo)
                    .withMessageContaining("StrictModeTest.switchHolding(StrictModeTest.java:");

            Greenlet target = Greenlet.of("target", first -> first);
            assertThatExceptionOfType(GreenletException.MonitorHeld.class)
                    .isThrownBy(() -> switchHolding(true, target))
                    .withMessageStartingWith("Cannot leave greenlet 'main': ");
            assertThat(target.switchTo("no alarm")).isEqualTo("no alarm");
        });
    }

    /** The walk ends with the virtual thread, though its scope is not a greenlet's: what carries it is not on its stack. */
    @Test
    @Tag("continuations")
    void switchTo_onAVirtualThreadWhoseCarrierHoldsAMonitor_raisesNoAlarm() throws Exception {
        List<Object> outcomes = new ArrayList<>();
        Thread thread = carriedBy(
                task -> {
                    synchronized (lock) {
                        task.run();
                    }
                },
                () -> {
                    Greenlet here = Greenlet.current();
                    Greenlet g = Greenlet.of("g", first -> here.switchTo(first) + " back");
                    try {
                        outcomes.add(g.switchTo("there"));
                        outcomes.add(g.switchTo("and"));
                    } catch (GreenletException.MonitorHeld refusal) {
                        outcomes.add(refusal);
                    }
                });
        thread.start(); // runs it here and now
        thread.join();

        assertThat(outcomes).containsExactly("there", "and back");
    }

    /** A virtual thread that this scheduler runs; Java 25 has no public way to choose one. */
    private static Thread carriedBy(Executor scheduler, Runnable body) throws ReflectiveOperationException {
        Constructor<?> make = Class.forName("java.lang.VirtualThread")
                .getDeclaredConstructor(Executor.class, String.class, int.class, Runnable.class);
        make.setAccessible(true);
        return (Thread) make.newInstance(scheduler, "carried", 0, body);
    }

    /** It never leaves: a dead one's value comes back at once, and an unstarted child dies of it without running. */
    @Test
    void switchTo_holdingAMonitorWhenControlStays_raisesNoAlarm() {
        Greenlet dead = Greenlet.of("dead", first -> first);
        dead.switchTo();
        Greenlet unstarted = Greenlet.of("unstarted", first -> first);
        IllegalStateException thrown = new IllegalStateException("thrown");

        synchronized (lock) {
            assertThat(dead.switchTo("back")).isEqualTo("back");
            assertThatThrownBy(() -> unstarted.throwInto(thrown)).isSameAs(thrown);
        }
        assertThat(unstarted.isDead()).isTrue();
    }

    @Test
    void throwInto_holdingAMonitorThroughAnUnstartedOne_isRefusedAndUndone() {
        Greenlet elsewhere = Greenlet.of("elsewhere", first -> main.switchTo());
        elsewhere.switchTo();
        Greenlet child = Greenlet.of("child", first -> first);
        child.setParent(elsewhere);

        synchronized (lock) {
            assertThatExceptionOfType(GreenletException.MonitorHeld.class)
                    .isThrownBy(() -> child.throwInto(new IllegalStateException("never arrives")));
        }
        assertThat(child.state()).isEqualTo(GreenletState.UNSTARTED);
        assertThat(elsewhere.state()).isEqualTo(GreenletState.SUSPENDED);
        elsewhere.close();
    }
}
