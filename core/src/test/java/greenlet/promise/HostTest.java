package greenlet.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import greenlet.Greenlet;
import greenlet.GreenletState;
import greenlet.host.GreenletHost;
import greenlet.host.HostPolicy;
import greenlet.host.SwitchHooks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Promises 50, 55 and 84: what an embedded interpreter saves and restores, and decides. */
@ExtendWith(OwnThread.class)
class HostTest {
    private final Greenlet main = Greenlet.current();

    /** A stand-in for an interpreter's per-thread state. */
    private String state = "main's";

    private final List<String> trace = new ArrayList<>();

    private final SwitchHooks hooks = new SwitchHooks() {
        @Override
        public @Nullable Object save(Greenlet leaving) {
            trace.add("save " + leaving.name());
            return state;
        }

        @Override
        public void restore(Greenlet entering, @Nullable Object saved) {
            trace.add("restore " + entering.name());
            state = saved instanceof String kept ? kept : "fresh";
        }
    };

    @AfterEach
    void unset() {
        GreenletHost.setSwitchHooks(null);
        GreenletHost.setPolicy(null);
    }

    @Test
    void p50_hooks_giveEachGreenletItsOwnStateAndNewOnesAFreshOne() {
        GreenletHost.setSwitchHooks(hooks);
        Greenlet g = Greenlet.of("g", first -> {
            String atStart = state;
            state = "g's";
            main.switchTo(atStart);
            return state;
        });

        assertThat(g.switchTo()).isEqualTo("fresh");
        assertThat(state).isEqualTo("main's");
        assertThat(g.switchTo()).isEqualTo("g's");
        assertThat(state).isEqualTo("main's");
        assertThat(trace)
                .containsExactly(
                        "save main", "restore g", "save g", "restore main", "save main", "restore g", "restore main");
    }

    @Test
    void p55_savedObject_isReadableAndReplaceableWhileSuspended() {
        GreenletHost.setSwitchHooks(hooks);
        Greenlet g = Greenlet.of("g", first -> {
            state = "g's";
            main.switchTo();
            return state;
        });
        g.switchTo();

        assertThat(GreenletHost.saved(g)).isEqualTo("g's");
        assertThat(GreenletHost.saved(main)).isNull();
        GreenletHost.setSaved(g, "replaced");
        assertThat(g.switchTo()).isEqualTo("replaced");
    }

    @Test
    void p55_savedObject_isReadAndReplacedByAnotherThreadWhileUnstartedSuspendedOrDead() throws InterruptedException {
        GreenletHost.setSwitchHooks(hooks);
        Greenlet g = Greenlet.of("g", first -> {
            trace.add("starts with " + state);
            state = "g's";
            main.switchTo();
            trace.add("goes on with " + state);
            return null;
        });
        List<@Nullable Object> seen = new ArrayList<>();

        elsewhere(() -> GreenletHost.setSaved(g, "given"));
        g.switchTo();
        elsewhere(() -> {
            seen.add(GreenletHost.saved(g));
            GreenletHost.setSaved(g, "replaced");
        });
        g.switchTo();
        elsewhere(() -> {
            GreenletHost.setSaved(g, "of a dead one");
            seen.add(GreenletHost.saved(g));
        });

        assertThat(seen).containsExactly("g's", "of a dead one");
        assertThat(trace).contains("starts with given", "goes on with replaced");
    }

    private static void elsewhere(Runnable task) throws InterruptedException {
        Thread.ofPlatform().start(task).join();
    }

    @Test
    void hooks_thatFailToSave_leaveControlWhereItIs() {
        IllegalStateException failure = new IllegalStateException("cannot save");
        Greenlet g = Greenlet.of("g", first -> first);
        GreenletHost.setSwitchHooks(new SwitchHooks() {
            @Override
            public @Nullable Object save(Greenlet leaving) {
                throw failure;
            }

            @Override
            public void restore(Greenlet entering, @Nullable Object saved) {
                trace.add("restore " + entering.name());
            }
        });

        assertThatThrownBy(g::switchTo).isSameAs(failure);
        assertThat(trace).as("nothing was saved that could be restored").isEmpty();
        GreenletHost.setSwitchHooks(null);
        assertThat(g.switchTo("still works")).isEqualTo("still works");
    }

    /** Who was left was forgotten with it: the switch was reported as one from the target to itself. */
    @Test
    void hookThatSetsTheListener_whileControlLeaves_isFollowedByTheEventWithItsOrigin() {
        Greenlet g = Greenlet.of("g", first -> main.switchTo());
        GreenletHost.setSwitchHooks(new SwitchHooks() {
            @Override
            public @Nullable Object save(Greenlet leaving) {
                Greenlet.setSwitchListener(event ->
                        trace.add(event.origin().name() + ">" + event.target().name()));
                return null;
            }

            @Override
            public void restore(Greenlet entering, @Nullable Object saved) {}
        });

        g.switchTo();
        GreenletHost.setSwitchHooks(null);
        Greenlet.setSwitchListener(null);

        assertThat(trace).containsExactly("main>g", "g>main");
        g.close();
    }

    @Test
    void transferThatComesBackAtOnce_restoresNothing_asNothingWasSaved() {
        GreenletHost.setSwitchHooks(hooks);
        IllegalStateException failure = new IllegalStateException("thrown into an unstarted one");

        assertThat(main.switchTo("self")).isEqualTo("self");
        assertThatThrownBy(() -> Greenlet.of(first -> first).throwInto(failure)).isSameAs(failure);

        assertThat(trace).isEmpty();
        assertThat(state).isEqualTo("main's");
    }

    @Test
    void restoreThatThrows_onTheWayBackFromAFirstSwitch_leavesTheStartedOneSuspended() {
        IllegalStateException failure = new IllegalStateException("cannot restore");
        Greenlet g = Greenlet.of("g", first -> main.switchTo("first") + " and last");
        GreenletHost.setSwitchHooks(failingToRestoreMain(failure));

        assertThatThrownBy(g::switchTo).isSameAs(failure);
        GreenletHost.setSwitchHooks(null);

        assertThat(trace).containsExactly("restore g", "restore main");
        assertThat(g.state()).isEqualTo(GreenletState.SUSPENDED);
        assertThat(g.switchTo("second")).isEqualTo("second and last");
    }

    /** The way there was undone with it: who had died was unstarted again, and would have run once more. */
    @Test
    void restoreThatThrows_onTheWayBackFromTheDead_leavesThemDead() {
        IllegalStateException failure = new IllegalStateException("cannot restore");
        Greenlet parent = Greenlet.of("parent", first -> {
            try {
                return main.switchTo();
            } catch (IllegalArgumentException ofChild) {
                trace.add("parent told");
                return main.switchTo();
            }
        });
        parent.switchTo();
        Greenlet ended = Greenlet.of("ended", first -> first);
        Greenlet killed = Greenlet.of("killed", first -> first);
        killed.setParent(parent);
        GreenletHost.setSwitchHooks(failingToRestoreMain(failure));

        assertThatThrownBy(ended::switchTo).isSameAs(failure);
        assertThatThrownBy(() -> killed.throwInto(new IllegalArgumentException("from main")))
                .isSameAs(failure);
        GreenletHost.setSwitchHooks(null);

        assertThat(ended.state()).isEqualTo(GreenletState.DEAD);
        assertThat(killed.state()).isEqualTo(GreenletState.DEAD);
        assertThat(trace)
                .containsExactly("restore ended", "restore main", "restore parent", "parent told", "restore main");
        assertThat(parent.state()).isEqualTo(GreenletState.SUSPENDED);
        parent.close();
    }

    private SwitchHooks failingToRestoreMain(RuntimeException failure) {
        return new SwitchHooks() {
            @Override
            public @Nullable Object save(Greenlet leaving) {
                return null;
            }

            @Override
            public void restore(Greenlet entering, @Nullable Object saved) {
                trace.add("restore " + entering.name());
                if (entering == main) {
                    throw failure;
                }
            }
        };
    }

    @Test
    void p84_policy_exitPredicate_returnsTheHostsOwnExits() {
        class HostExit extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }
        GreenletHost.setPolicy(new HostPolicy() {
            @Override
            public boolean isExit(Throwable thrown) {
                return thrown instanceof HostExit;
            }
        });
        HostExit exit = new HostExit();
        Greenlet g = Greenlet.of(first -> {
            throw exit;
        });

        assertThat(g.switchTo()).isSameAs(exit);
        assertThat(g.throwInto(exit)).isSameAs(exit);
        GreenletHost.setPolicy(null);
        assertThatThrownBy(() -> g.throwInto(exit)).isSameAs(exit);
    }
}
