package greenlet.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.ExecutionCallback;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import com.hazelcast.core.MemberLeftException;
import greenlet.hub.GreenThread;
import greenlet.hub.Hub;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hub and a cluster of two members: who works, who goes on meanwhile, and what is heard of a member that dies. */
@Timeout(60)
class PrimeClusterTest {
    private static final String ENGINE = "test";

    // The members are of this process, so that work there and green threads here can wait for each other.
    private static CountDownLatch begun = new CountDownLatch(0);
    private static CountDownLatch mayEnd = new CountDownLatch(0);

    private final List<HazelcastInstance> cluster = new ArrayList<>();

    /** Work that lasts until this process lets it end, whatever becomes of its member. */
    record Held(int result) implements Callable<Integer>, Serializable {
        @Override
        public Integer call() {
            begun.countDown();
            while (true) {
                try {
                    mayEnd.await();
                    return result;
                } catch (InterruptedException e) {
                    // the member is shut down, and a machine that dies would not be told either
                }
            }
        }
    }

    @BeforeEach
    void startTwoMembers() {
        String name = "test-" + UUID.randomUUID();
        cluster.add(Hazelcast.newHazelcastInstance(PrimeCluster.member(name, List.of())));
        cluster.add(Hazelcast.newHazelcastInstance(
                PrimeCluster.member(name, List.of(PrimeCluster.address(cluster.getFirst())))));
        assertThat(cluster.getFirst().getCluster().getMembers()).hasSize(2);
    }

    @AfterEach
    void stopThem() {
        mayEnd.countDown();
        cluster.forEach(each -> each.getLifecycleService().terminate());
    }

    /** The work ends only when two further green threads have run while others wait for it: a hub that stood still would never end. */
    @Test
    void work_onBothMembers_isAwaitedWhileTheHubsOtherGreenThreadsGoOn() {
        begun = new CountDownLatch(2);
        mayEnd = new CountDownLatch(2);
        AtomicInteger sum = new AtomicInteger();
        Hub.run(() -> {
            IExecutorService engine = cluster.getFirst().getExecutorService(ENGINE);
            for (Member member : cluster.getFirst().getCluster().getMembers()) {
                var _ = Hub.current()
                        .spawn(() -> sum.addAndGet(
                                engine.submitToMember(new Held(21), member).get()));
            }
            var _ = Hub.current().spawn(() -> {
                begun.await(); // both are at work
                mayEnd.countDown();
                GreenThread.yieldTurn();
                mayEnd.countDown();
            });
        });

        assertThat(sum).hasValue(42);
        assertThat(cluster)
                .allSatisfy(member -> assertThat(member.getExecutorService(ENGINE)
                                .getLocalExecutorStats()
                                .getStartedTaskCount())
                        .isOne());
    }

    @Test
    void stage_completedByTheCluster_isAwaitedLikeAnyFuture() {
        Hub.run(() -> {
            CompletableFuture<Integer> half = new CompletableFuture<>();
            cluster.getFirst()
                    .getExecutorService(ENGINE)
                    .submitToMember(new Held(21), other(), new ExecutionCallback<Integer>() {
                        @Override
                        public void onResponse(Integer response) {
                            half.complete(response);
                        }

                        @Override
                        public void onFailure(Throwable failure) {
                            half.completeExceptionally(failure);
                        }
                    });

            assertThat(half.thenApply(value -> 2 * value).join()).isEqualTo(42);
        });
    }

    @Test
    void member_thatIsKilledAtWork_failsWhoAwaitsItNamingTheMember_andTheHubGoesOn() throws Exception {
        begun = new CountDownLatch(1);
        mayEnd = new CountDownLatch(1);
        Member victim = other();
        List<String> heard = new ArrayList<>();
        Hub.run(() -> {
            IExecutorService engine = cluster.getFirst().getExecutorService(ENGINE);
            GreenThread<?> waiting = Hub.current().spawn(() -> {
                Throwable failure = catchThrowable(
                        () -> engine.submitToMember(new Held(1), victim).get());

                assertThat(failure)
                        .isInstanceOf(MemberLeftException.class)
                        .isInstanceOf(ExecutionException.class)
                        .hasMessageContaining(
                                "127.0.0.1]:" + victim.getAddress().getPort())
                        .hasMessageContaining("has left cluster");
                heard.add("left");
            });
            begun.await();
            cluster.getLast().getLifecycleService().terminate();
            heard.add("killed");
            assertThat(waiting.get()).isNull();
            mayEnd.countDown();

            assertThat(engine.submit(new PrimeCluster.CountPrimes(0, 10)).get()).isEqualTo(4); // by who is left
        });

        assertThat(heard).containsExactlyInAnyOrder("killed", "left");
    }

    private Member other() {
        return cluster.getLast().getCluster().getLocalMember();
    }
}
