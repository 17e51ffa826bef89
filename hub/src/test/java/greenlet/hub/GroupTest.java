package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import greenlet.GreenletExit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

// What a member comes to is for whoever joins the group; yields give the others their turns.
@SuppressWarnings({"FutureReturnValueIgnored", "ThreadPriorityCheck"})
@org.junit.jupiter.api.Timeout(60)
class GroupTest {
    private static final Duration LONG = Duration.ofDays(1);

    /** What the hub's handler of uncaught exceptions was told. */
    private final List<Throwable> told = new ArrayList<>();

    private void onHub(Action<Exception> body) throws Exception {
        Hub.builder().uncaught((thread, failure) -> told.add(failure)).<Object, Exception>run(() -> {
            body.run();
            return "done";
        });
    }

    @Test
    void join_allReturn_isTheirValuesInOrderOfSpawning() throws Exception {
        onHub(() -> {
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
        onHub(() -> {
            try (Group<String, List<String>> group = Group.open()) {
                assertThat(group.join()).isEmpty();
            }
        });
    }

    @Test
    void join_oneFails_killsTheOthersAndThrows() throws Exception {
        IOException failure = new IOException("planted");
        onHub(() -> {
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

        assertThat(told).as("what join throws is told to nobody else").isEmpty();
    }

    @Test
    void join_killedOneFailsWhileItUnwinds_isSuppressed() throws Exception {
        IOException late = new IOException("late");
        onHub(() -> {
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

        assertThat(told).isEmpty();
    }

    @Test
    void join_aMemberIsKilledByAnother_fails() throws Exception {
        onHub(() -> {
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
        onHub(() -> {
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
    void close_withoutJoin_killsAndWaits() throws Exception {
        List<String> trace = new ArrayList<>();
        onHub(() -> {
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
        assertThat(told).isEmpty();
    }

    @Test
    void close_bodyThrewBeforeJoin_tellsWhatMembersThrew() throws Exception {
        IOException members = new IOException("member's");
        onHub(() -> {
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

        assertThat(told).containsExactly(members);
    }

    @Test
    void close_interruptedMeanwhile_waitsAllTheSameAndKeepsTheInterrupt() throws Exception {
        onHub(() -> {
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
        onHub(() -> {
            AtomicReference<GreenThread<?>> member = new AtomicReference<>();
            GreenThread<?> owner = Hub.current().spawn("owner", () -> {
                try (Group<Object, List<Object>> group = Group.open()) {
                    member.set(group.spawn(() -> Thread.sleep(LONG)));
                    group.join();
                }
            });
            GreenThread.yieldTurn();
            GreenThread.yieldTurn();
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
        onHub(() -> {
            AtomicReference<GreenThread<?>> member = new AtomicReference<>();
            GreenThread<?> owner = Hub.current().spawn("owner", () -> {
                try (Group<Object, List<Object>> group = Group.open()) {
                    member.set(group.spawn(() -> Thread.sleep(LONG)));
                    group.join();
                }
            });
            GreenThread.yieldTurn();
            GreenThread.yieldTurn();
            owner.kill();

            assertThat(owner.join()).isInstanceOf(Outcome.Exited.class);
            assertThat(member.get().outcome()).isInstanceOf(Outcome.Exited.class);
        });
    }

    @Test
    void join_timeoutAroundIt_killsTheMembers() throws Exception {
        onHub(() -> {
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
        onHub(() -> {
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
        onHub(() -> {
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
    void spawn_afterJoin_isRefused() throws Exception {
        onHub(() -> {
            try (Group<Object, List<Object>> group = Group.open()) {
                group.join();
                assertThatThrownBy(() -> group.spawn(() -> {}))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("the group is joined. Spawn before it is joined.");
            }
        });
    }

    @Test
    void spawn_fromOutsideTheHub_isRefused() throws Exception {
        onHub(() -> {
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
        onHub(() -> {
            AtomicReference<GreenThread<?>> member = new AtomicReference<>();
            Hub.current()
                    .spawn("careless", () -> {
                        member.set(Group.open().spawn(() -> Thread.sleep(LONG)));
                        GreenThread.yieldTurn();
                    })
                    .join();

            assertThat(member.get().join()).isInstanceOf(Outcome.Exited.class);
        });

        assertThat(told)
                .singleElement()
                .satisfies(failure -> assertThat(failure)
                        .hasMessageContaining("'careless' ended without closing a group")
                        .hasMessageContaining("try-with-resources"));
    }

    @Test
    void collectAll_oneFails_isAllOutcomesInOrder() throws Exception {
        onHub(() -> {
            try (Group<String, List<Outcome<String>>> group = Group.open(GroupPolicy.collectAll())) {
                group.spawn(() -> {
                    throw new IOException("planted");
                });
                group.spawn(() -> {
                    GreenThread.yieldTurn();
                    return "fine";
                });

                List<Outcome<String>> outcomes = group.join();
                assertThat(outcomes.get(0)).isInstanceOf(Outcome.Failed.class);
                assertThat(outcomes.get(1)).isEqualTo(new Outcome.Returned<>("fine"));
            }
        });

        assertThat(told).isEmpty();
    }

    @Test
    void firstSuccess_oneReturns_killsTheOthers() throws Exception {
        onHub(() -> {
            GreenThread<String> slow;
            try (Group<String, String> group = Group.open(GroupPolicy.firstSuccess())) {
                slow = group.spawn(() -> Thread.sleep(LONG));
                group.spawn(() -> {
                    throw new IOException("a loser's");
                });
                group.spawn(() -> {
                    GreenThread.yieldTurn();
                    return "winner";
                });

                assertThat(group.join()).isEqualTo("winner");
            }
            assertThat(slow.outcome()).isInstanceOf(Outcome.Exited.class);
        });

        assertThat(told).isEmpty();
    }

    @Test
    void firstSuccess_allFail_throwsTheFirstWithTheOthersSuppressed() throws Exception {
        onHub(() -> {
            try (Group<String, String> group = Group.open(GroupPolicy.firstSuccess())) {
                group.spawn("a", () -> {
                    throw new IOException("one");
                });
                group.spawn("b", () -> {
                    throw new IOException("two");
                });

                Throwable thrown = catchThrowable(group::join);
                assertThat(thrown)
                        .isInstanceOf(GroupFailedException.class)
                        .hasMessageContaining("All members of a group that needs one success failed, first 'a'")
                        .hasRootCauseMessage("one");
                assertThat(thrown.getSuppressed())
                        .singleElement()
                        .satisfies(other -> assertThat(other).hasMessage("two"));
            }
        });
    }

    @Test
    void firstSuccess_noMember_isRefused() throws Exception {
        onHub(() -> {
            try (Group<String, String> group = Group.open(GroupPolicy.firstSuccess())) {
                assertThatThrownBy(group::join)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("it has no member. Spawn one before.");
            }
        });
    }

    @Test
    void supervise_oneFails_othersGoOnAndTheHandlerIsTold() throws Exception {
        IOException failure = new IOException("planted");
        onHub(() -> {
            try (Group<String, Integer> group = Group.open(GroupPolicy.supervise())) {
                group.spawn(() -> {
                    throw failure;
                });
                GreenThread<String> other = group.spawn(() -> {
                    GreenThread.yieldTurn();
                    GreenThread.yieldTurn();
                    return "fine";
                });

                assertThat(group.join()).isEqualTo(1);
                assertThat(other.get()).isEqualTo("fine");
            }
        });

        assertThat(told).containsExactly(failure);
    }

    @Test
    void callback_ofAMemberThrows_isToldToTheHandler() throws Exception {
        IllegalStateException failure = new IllegalStateException("a callback's");
        onHub(() -> {
            try (Group<String, List<String>> group = Group.open()) {
                group.spawn(() -> "value").onEnd(outcome -> {
                    throw failure;
                });
                assertThat(group.join()).containsExactly("value");
            }
        });

        assertThat(told).containsExactly(failure);
    }

    /** Members end, fail, and are killed from the hub and from outside, before they begin too; every group comes to an end with the right verdict. */
    @Test
    void stress_membersEndInAllWays_everyGroupEnds() throws Exception {
        int rounds = Proofs.size(1_500, 20_000, 200_000);
        BlockingQueue<GreenThread<?>> victims = new ArrayBlockingQueue<>(64);
        Thread killer = Thread.ofPlatform().daemon().start(() -> killAll(victims));
        int[] verdicts = {0, 0};
        onHub(() -> {
            SplittableRandom random = new SplittableRandom(11);
            for (int round = 0; round < rounds; round++) {
                oneGroup(random, victims, verdicts);
            }
            assertThat(Hub.current().greenThreads()).hasSize(1);
        });
        killer.interrupt();
        killer.join();

        assertThat(verdicts[0] + verdicts[1]).isEqualTo(rounds);
        assertThat(verdicts[0]).isPositive();
        assertThat(verdicts[1]).isPositive();
    }

    private static void oneGroup(SplittableRandom random, BlockingQueue<GreenThread<?>> victims, int[] verdicts)
            throws InterruptedException {
        List<GreenThread<Integer>> members = new ArrayList<>();
        try (Group<Integer, List<Integer>> group = Group.open()) {
            int size = 1 + random.nextInt(5);
            for (int i = 0; i < size; i++) {
                int number = i;
                int fate = random.nextInt(12);
                GreenThread<Integer> member = group.spawn(() -> live(number, fate));
                members.add(member);
                if (fate == 1) {
                    victims.put(member);
                } else if (fate == 2) {
                    member.kill();
                }
                if (group.members().size() < members.size()) {
                    break; // a kill from the outside has decided already
                }
            }
            List<Integer> values = group.join();
            verdicts[0]++;
            assertThat(values).hasSameSizeAs(members);
        } catch (GroupFailedException e) {
            verdicts[1]++;
        }
        assertThat(members).allMatch(GreenThread::isDone);
    }

    private static int live(int number, int fate) throws Exception {
        switch (fate) {
            case 3 -> throw new IOException("planted");
            case 4, 5 -> GreenThread.yieldTurn();
            case 6 -> Thread.sleep(0, 1000);
            default -> {
                // Returns at once.
            }
        }
        return number;
    }

    private static void killAll(BlockingQueue<GreenThread<?>> victims) {
        try {
            while (true) {
                victims.take().kill();
            }
        } catch (InterruptedException e) {
            // The rounds are over.
        }
    }
}
