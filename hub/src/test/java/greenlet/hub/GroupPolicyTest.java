package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The policies of a group other than the one that needs all. */
// What a member comes to is for whoever joins the group; yields give the others their turns.
@SuppressWarnings({"FutureReturnValueIgnored", "ThreadPriorityCheck"})
@org.junit.jupiter.api.Timeout(60)
class GroupPolicyTest {
    private static final Duration LONG = Duration.ofDays(1);

    private final OnHub onHub = new OnHub();

    @Test
    void collectAll_oneFails_isAllOutcomesInOrder() throws Exception {
        onHub.run(() -> {
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

        assertThat(onHub.told()).isEmpty();
    }

    @Test
    void firstSuccess_oneReturns_killsTheOthers() throws Exception {
        onHub.run(() -> {
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

        assertThat(onHub.told()).isEmpty();
    }

    @Test
    void firstSuccess_allFail_throwsTheFirstWithTheOthersSuppressed() throws Exception {
        onHub.run(() -> {
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
        onHub.run(() -> {
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
        onHub.run(() -> {
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

        assertThat(onHub.told()).containsExactly(failure);
    }
}
