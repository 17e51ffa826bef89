package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A group and the green thread that opened it: it alone joins and closes, and its end is the end of the members. */
// What a member comes to is for whoever joins the group; yields give the others their turns.
@SuppressWarnings({"FutureReturnValueIgnored", "ThreadPriorityCheck"})
@org.junit.jupiter.api.Timeout(60)
class GroupOwnerTest {
    private static final Duration LONG = Duration.ofDays(1);

    private final OnHub onHub = new OnHub();

    /** A green thread that waits for its group, whose one member sleeps. */
    private static GreenThread<?> ownerThatJoins(AtomicReference<GreenThread<?>> member) {
        GreenThread<?> owner = Hub.current().spawn("owner", () -> {
            try (Group<Object, List<Object>> group = Group.open()) {
                member.set(group.spawn(() -> Thread.sleep(LONG)));
                group.join();
            }
        });
        GreenThread.yieldTurn();
        GreenThread.yieldTurn();
        return owner;
    }

    @Test
    void close_withoutJoin_killsAndWaits() throws Exception {
        List<String> trace = new ArrayList<>();
        onHub.run(() -> {
            try (Group<Object, List<Object>> group = Group.open()) {
                group.spawn(() -> {
                    try {
                        Thread.sleep(LONG);
                    } finally {
                        GreenThread.currentOrNull();
                        Thread.interrupted();
                        trace.add("member ended");
                    }
                });
                GreenThread.yieldTurn();
            }
            trace.add("closed");
        });

        assertThat(trace).containsExactly("member ended", "closed");
        assertThat(onHub.told()).isEmpty();
    }

    @Test
    void close_bodyThrewBeforeJoin_tellsWhatMembersThrew() throws Exception {
        IOException members = new IOException("member's");
        onHub.run(() -> {
            assertThatThrownBy(() -> {
                        try (Group<Object, List<Object>> group = Group.open()) {
                            group.spawn(() -> {
                                throw members;
                            });
                            GreenThread.yieldTurn();
                            throw new IOException("owner's");
                        }
                    })
                    .hasMessage("owner's");
        });

        assertThat(onHub.told()).containsExactly(members);
    }

    /** Killed by close, and so too late for it to be kept for a join. */
    @Test
    void close_memberThrowsAsItIsKilledByIt_tellsWhatItThrew() throws Exception {
        IOException members = new IOException("member's");
        onHub.run(() -> {
            try (Group<Object, List<Object>> group = Group.open()) {
                group.spawn(() -> throwWhenInterrupted(members));
                GreenThread.yieldTurn();
            }
        });

        assertThat(onHub.told()).containsExactly(members);
    }

    @Test
    void owner_endsWithoutClosingAndAMemberThrowsAsItIsKilled_theHandlerIsToldOfBoth() throws Exception {
        IOException members = new IOException("member's");
        onHub.run(() -> Hub.current().spawn("careless", () -> {
            Group.open().spawn(() -> throwWhenInterrupted(members));
            GreenThread.yieldTurn();
        }));

        assertThat(onHub.told()).hasSize(2).contains(members);
    }

    private static void throwWhenInterrupted(IOException failure) throws IOException {
        try {
            Thread.sleep(LONG);
        } catch (InterruptedException e) {
            throw failure;
        }
    }

    @Test
    void close_interruptedMeanwhile_waitsAllTheSameAndKeepsTheInterrupt() throws Exception {
        onHub.run(() -> {
            boolean[] ended = {false};
            Thread owner = Thread.currentThread();
            try (Group<Object, List<Object>> group = Group.open()) {
                group.spawn(() -> {
                    try {
                        Thread.sleep(LONG);
                    } catch (InterruptedException e) {
                        owner.interrupt();
                        for (int i = 0; i < 10; i++) {
                            Thread.yield();
                        }
                        ended[0] = true;
                    }
                });
                GreenThread.yieldTurn();
            }
            assertThat(ended[0]).isTrue();
            assertThat(Thread.interrupted()).isTrue();
        });
    }

    @Test
    void join_ownerIsInterrupted_closeKillsTheMembers() throws Exception {
        onHub.run(() -> {
            AtomicReference<GreenThread<?>> member = new AtomicReference<>();
            GreenThread<?> owner = ownerThatJoins(member);
            owner.thread().interrupt();

            assertThat(owner.join())
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> assertThat(failed.failure()).isInstanceOf(InterruptedException.class));
            assertThat(member.get().outcome()).isInstanceOf(Outcome.Exited.class);
        });
    }

    @Test
    void join_ownerIsKilled_closeKillsTheMembers() throws Exception {
        onHub.run(() -> {
            AtomicReference<GreenThread<?>> member = new AtomicReference<>();
            GreenThread<?> owner = ownerThatJoins(member);
            owner.kill();

            assertThat(owner.join()).isInstanceOf(Outcome.Exited.class);
            assertThat(member.get().outcome()).isInstanceOf(Outcome.Exited.class);
        });
    }

    @Test
    void join_timeoutAroundIt_killsTheMembers() throws Exception {
        onHub.run(() -> {
            AtomicReference<GreenThread<?>> member = new AtomicReference<>();
            Timeout timeout = Timeout.of(Duration.ofMillis(5));

            assertThatThrownBy(() -> timeout.run(() -> {
                        try (Group<Object, List<Object>> group = Group.open()) {
                            member.set(group.spawn(() -> Thread.sleep(LONG)));
                            return group.join();
                        }
                    }))
                    .isInstanceOf(TimedOutException.class);
            assertThat(member.get().outcome()).isInstanceOf(Outcome.Exited.class);
        });
    }

    @Test
    void joinAndClose_byAMember_areRefused() throws Exception {
        onHub.run(() -> {
            try (Group<Object, List<Object>> group = Group.open()) {
                group.spawn("member", () -> {
                    assertThatThrownBy(group::join)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("Cannot join a group: it was opened by green thread 'main'")
                            .hasMessageContaining("member");
                    assertThatThrownBy(group::close)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageContaining("The green thread that opens a group joins and closes it.");
                });
                group.join();
            }
        });
    }

    @Test
    void close_outOfOrder_closesTheInnerOneFirstAndSaysSo() throws Exception {
        onHub.run(() -> {
            Group<Object, List<Object>> outer = Group.open();
            Group<Object, List<Object>> inner = Group.open();
            GreenThread<?> member = inner.spawn(() -> Thread.sleep(LONG));

            assertThatThrownBy(outer::close)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("while 1 that it had opened later were open")
                    .hasMessageContaining("Close in the reverse order of opening.");
            assertThat(member.outcome()).isInstanceOf(Outcome.Exited.class);
            assertThatThrownBy(() -> inner.spawn(() -> {})).hasMessageContaining("the group is closed");
            inner.close();
            try (Group<Object, List<Object>> next = Group.open()) {
                next.join();
            }
        });
    }

    @Test
    void spawn_fromOutsideTheHub_isRefused() throws Exception {
        onHub.run(() -> {
            try (Group<Object, List<Object>> group = Group.open()) {
                Throwable refused = Hubs.offload(() -> catchThrowable(() -> group.spawn(() -> {})));
                assertThat(refused)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("This needs a green thread of hub");
            }
        });
    }

    @Test
    void open_noGreenThread_isRefused() {
        assertThatThrownBy(Group::open)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("which no hub runs");
    }

    @Test
    void owner_endsWithoutClosing_membersAreKilledAndTheHandlerIsTold() throws Exception {
        onHub.run(() -> {
            AtomicReference<GreenThread<?>> member = new AtomicReference<>();
            Hub.current()
                    .spawn("careless", () -> {
                        member.set(Group.open().spawn(() -> Thread.sleep(LONG)));
                        GreenThread.yieldTurn();
                    })
                    .join();

            assertThat(member.get().join()).isInstanceOf(Outcome.Exited.class);
        });

        assertThat(onHub.told())
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .hasMessageContaining("'careless' ended without closing a group")
                        .hasMessageContaining("try-with-resources"));
    }
}
