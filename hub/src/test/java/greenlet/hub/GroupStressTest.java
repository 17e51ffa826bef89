package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;

/** Groups whose members end in all ways at once. */
// What a member comes to is for whoever joins the group; yields give the others their turns.
@SuppressWarnings({"FutureReturnValueIgnored", "ThreadPriorityCheck"})
@org.junit.jupiter.api.Timeout(60)
class GroupStressTest {
    private final OnHub onHub = new OnHub();

    /** Members end, fail, and are killed from the hub and from outside, before they begin too; every group comes to an end with the right verdict. */
    @Test
    void stress_membersEndInAllWays_everyGroupEnds() throws Exception {
        int rounds = Proofs.size(1_500, 20_000, 200_000);
        BlockingQueue<GreenThread<?>> victims = new ArrayBlockingQueue<>(64);
        Thread killer = Thread.ofPlatform().daemon().start(() -> killAll(victims));
        int[] verdicts = {0, 0};
        onHub.run(() -> {
            SplittableRandom random = new SplittableRandom(11);
            for (int round = 0; round < rounds; round++) {
                oneGroup(random, victims, verdicts);
            }
            while (Hub.current().greenThreads().size() > 1) {
                Thread.yield(); // one that was cancelled before it began is still to have the turn in which it ends
            }
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
