package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import greenlet.GreenletExit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What joining a group waits for, returns and throws. */
// What a member comes to is for whoever joins the group; yields give the others their turns.
@SuppressWarnings({"FutureReturnValueIgnored", "ThreadPriorityCheck"})
@org.junit.jupiter.api.Timeout(60)
class GroupTest {
    private static final Duration LONG = Duration.ofDays(1);

    private final OnHub onHub = new OnHub();

    @Test
    void join_allReturn_isTheirValuesInOrderOfSpawning() throws Exception {
        onHub.run(() -> {
            try (Group<String, List<String>> group = Group.open()) {
                group.spawn(() -> {
                    GreenThread.yieldTurn();
                    return "first";
                });
                group.spawn("named", () -> "second");

                assertThat(group.join()).containsExactly("first", "second");
                assertThat(group.members()).isEmpty();
                assertThat(group.join()).as("joined again").hasSize(2);
            }
        });
    }

    @Test
    void join_noMember_isEmpty() throws Exception {
        onHub.run(() -> {
            try (Group<String, List<String>> group = Group.open()) {
                assertThat(group.join()).isEmpty();
            }
        });
    }

    @Test
    void join_oneFails_killsTheOthersAndThrows() throws Exception {
        IOException failure = new IOException("planted");
        onHub.run(() -> {
            AtomicReference<GreenThread<?>> other = new AtomicReference<>();
            Throwable thrown = catchThrowable(() -> {
                try (Group<String, List<String>> group = Group.open()) {
                    other.set(group.spawn(() -> Thread.sleep(LONG)));
                    group.spawn("bad", () -> {
                        GreenThread.yieldTurn();
                        throw failure;
                    });
                    group.join();
                }
            });

            assertThat(thrown)
                    .isInstanceOf(GroupFailedException.class)
                    .hasMessageContaining("Member 'bad' of a group that needs all its members failed")
                    .hasMessageContaining("planted");
            assertThat(thrown.getCause()).isSameAs(failure);
            assertThat(other.get().outcome()).isInstanceOf(Outcome.Exited.class);
        });

        assertThat(onHub.told()).as("what join throws is told to nobody else").isEmpty();
    }

    @Test
    void join_killedOneFailsWhileItUnwinds_isSuppressed() throws Exception {
        IOException late = new IOException("late");
        onHub.run(() -> {
            Throwable thrown = catchThrowable(() -> {
                try (Group<String, List<String>> group = Group.open()) {
                    group.spawn(() -> {
                        try {
                            Thread.sleep(LONG);
                        } catch (InterruptedException e) {
                            throw late;
                        }
                    });
                    group.spawn(() -> {
                        GreenThread.yieldTurn();
                        throw new IOException("first");
                    });
                    group.join();
                }
            });

            assertThat(thrown).hasRootCauseMessage("first");
            assertThat(thrown.getSuppressed()).containsExactly(late);
        });

        assertThat(onHub.told()).isEmpty();
    }

    @Test
    void join_aMemberIsKilledByAnother_fails() throws Exception {
        onHub.run(() -> {
            try (Group<String, List<String>> group = Group.open()) {
                GreenThread<String> member = group.spawn(() -> Thread.sleep(LONG));
                GreenThread.yieldTurn();
                member.kill();

                assertThatThrownBy(group::join)
                        .isInstanceOf(GroupFailedException.class)
                        .hasCauseInstanceOf(GreenletExit.class);
            }
        });
    }

    @Test
    void join_aMemberSpawnsAnother_waitsForItToo() throws Exception {
        onHub.run(() -> {
            try (Group<String, List<String>> group = Group.open()) {
                group.spawn(() -> {
                    group.spawn(() -> {
                        GreenThread.yieldTurn();
                        return "child";
                    });
                    return "parent";
                });

                assertThat(group.join()).containsExactly("parent", "child");
            }
        });
    }

    @Test
    void spawn_afterJoin_isRefused() throws Exception {
        onHub.run(() -> {
            try (Group<Object, List<Object>> group = Group.open()) {
                group.join();
                assertThatThrownBy(() -> group.spawn(() -> {}))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("the group is joined. Spawn before it is joined.");
            }
        });
    }

    /** It threw, and so hid from an owner that was still spawning what join had to tell. */
    @Test
    void spawn_whenAMemberHasFailed_neverRunsAndJoinTellsTheFailure() throws Exception {
        IOException failure = new IOException("planted");
        onHub.run(() -> {
            List<String> ran = new ArrayList<>();
            try (Group<Object, List<Object>> group = Group.open()) {
                group.spawn(() -> {
                    throw failure;
                });
                GreenThread.yieldTurn();
                GreenThread<Object> late = group.spawn(() -> {
                    ran.add("late");
                });

                assertThat(late.isDone()).isTrue();
                assertThatThrownBy(group::join).hasCause(failure);
            }
            GreenThread.yieldTurn();
            assertThat(ran).isEmpty();
        });
        assertThat(onHub.told()).isEmpty();
    }

    @Test
    void spawn_whenAMemberHasSucceededFirst_neverRuns() throws Exception {
        onHub.run(() -> {
            try (Group<String, String> group = Group.open(GroupPolicy.firstSuccess())) {
                group.spawn(() -> "first");
                GreenThread.yieldTurn();
                GreenThread<String> late = group.spawn("late", () -> "late");

                assertThat(late.isDone()).isTrue();
                assertThat(group.members()).isEmpty();
                assertThat(group.join()).isEqualTo("first");
            }
        });
    }

    @Test
    void callback_ofAMemberThrows_isToldToTheHandler() throws Exception {
        IllegalStateException failure = new IllegalStateException("a callback's");
        onHub.run(() -> {
            try (Group<String, List<String>> group = Group.open()) {
                group.spawn(() -> "value").onEnd(outcome -> {
                    throw failure;
                });
                assertThat(group.join()).containsExactly("value");
            }
        });

        assertThat(onHub.told()).containsExactly(failure);
    }
}
