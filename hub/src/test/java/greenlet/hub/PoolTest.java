package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

// What a member comes to is told to the hub's handler.
@SuppressWarnings("FutureReturnValueIgnored")
@org.junit.jupiter.api.Timeout(60)
class PoolTest {
    private static final Duration LONG = Duration.ofDays(1);

    @Test
    void spawn_full_waitsForRoom() throws Exception {
        int[] atWork = {0};
        int[] most = {0};
        int[] done = {0};

        Hub.run(() -> {
            try (Pool pool = Pool.of(3)) {
                for (int i = 0; i < 20; i++) {
                    pool.spawn(() -> {
                        most[0] = Math.max(most[0], ++atWork[0]);
                        GreenThread.yieldTurn();
                        atWork[0]--;
                        done[0]++;
                    });
                }
                pool.join();
            }
        });

        assertThat(most[0]).isEqualTo(3);
        assertThat(done[0]).isEqualTo(20);
    }

    @Test
    void spawn_severalWait_areServedInOrder() throws Exception {
        List<Integer> order = new ArrayList<>();

        Hub.run(() -> {
            Pool pool = Pool.of(1);
            pool.spawn(() -> GreenThread.yieldTurn());
            for (int i = 0; i < 5; i++) {
                int number = i;
                Hub.current()
                        .spawn(() -> pool.spawn(() -> {
                            order.add(number);
                            GreenThread.yieldTurn();
                        }));
            }
        });

        assertThat(order).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void spawn_aMemberFails_itsRoomIsFreeAndTheHandlerIsTold() throws Exception {
        List<Throwable> told = new ArrayList<>();
        IOException failure = new IOException("planted");

        String value = Hub.builder()
                .uncaught((thread, thrown) -> told.add(thrown))
                .<String, Exception>run(() -> {
                    Pool pool = Pool.of(1);
                    pool.spawn(() -> {
                        throw failure;
                    });
                    return pool.spawn(() -> "next").get();
                });

        assertThat(value).isEqualTo("next");
        assertThat(told).containsExactly(failure);
    }

    @Test
    void spawn_waiterIsKilled_takesNoRoom() throws Exception {
        Hub.run(() -> {
            Pool pool = Pool.of(1);
            GreenThread<?> member = pool.spawn(() -> Thread.sleep(LONG));
            GreenThread<?> waiter = Hub.current().spawn(() -> pool.spawn(() -> {}));
            GreenThread.yieldTurn();
            waiter.kill();
            assertThat(waiter.join()).isInstanceOf(Outcome.Exited.class);
            member.kill();
            member.join();

            assertThat(pool.spawn(() -> "room").get()).isEqualTo("room");
            assertThat(pool.running()).isZero();
        });
    }

    @Test
    void trySpawn_full_isNull() throws Exception {
        Hub.run(() -> {
            try (Pool pool = Pool.of(1)) {
                assertThat(pool.trySpawn(() -> Thread.sleep(LONG))).isNotNull();
                assertThat(pool.trySpawn(() -> {})).isNull();
                assertThat(pool.join(Duration.ofMillis(1))).isFalse();
                assertThat(pool).hasToString("Pool[1 of 1]");
            }
        });
    }

    @Test
    void close_membersRun_killsThemAndRefusesOthers() throws Exception {
        Hub.run(() -> {
            Pool pool = Pool.of(1);
            GreenThread<?> member = pool.spawn(() -> Thread.sleep(LONG));
            GreenThread<?> waiter = Hub.current()
                    .spawn(() -> assertThatThrownBy(() -> pool.spawn(() -> {}))
                            .isInstanceOf(RejectedExecutionException.class)
                            .hasMessageContaining("the pool is closed. Spawn before close."));
            GreenThread.yieldTurn();
            pool.close();

            assertThat(member.outcome()).isInstanceOf(Outcome.Exited.class);
            waiter.get();
        });
    }

    @Test
    void close_byAMember_isRefused() throws Exception {
        Hub.run(() -> {
            try (Pool pool = Pool.of(1)) {
                pool.spawn(() -> assertThatThrownBy(pool::close)
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageContaining("it would wait for itself"))
                        .get();
            }
        });
    }

    @Test
    void of_nobody_isRefused() throws Exception {
        Hub.run(() -> assertThatThrownBy(() -> Pool.of(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Use 1 or more."));
    }

    @Test
    void stress_membersAreKilledAndWaitersInterrupted_noRoomIsLost() throws Exception {
        int spawners = 10;
        int rounds = Proofs.size(200, 2_000, 20_000);
        int limit = 4;
        int[] atWork = {0};

        Hub.run(() -> {
            Pool pool = Pool.of(limit);
            List<GreenThread<?>> all = new ArrayList<>();
            for (int i = 0; i < spawners; i++) {
                SplittableRandom random = new SplittableRandom(i);
                all.add(Hub.current().spawn(() -> {
                    for (int round = 0; round < rounds; round++) {
                        spawnOne(pool, random, atWork, limit);
                    }
                }));
            }
            SplittableRandom random = new SplittableRandom(99);
            while (!all.stream().allMatch(GreenThread::isDone)) {
                all.get(random.nextInt(spawners)).thread().interrupt();
                GreenThread.yieldTurn();
            }
            for (GreenThread<?> each : all) {
                each.get();
            }
            pool.join();
            for (int i = 0; i < limit; i++) {
                assertThat(pool.trySpawn(() -> {})).as("room %s", i).isNotNull();
            }
            assertThat(pool.trySpawn(() -> {})).isNull();
        });
    }

    private static void spawnOne(Pool pool, SplittableRandom random, int[] atWork, int limit) {
        try {
            GreenThread<?> member = pool.spawn(() -> {
                assertThat(++atWork[0]).isLessThanOrEqualTo(limit);
                try {
                    GreenThread.yieldTurn();
                } finally {
                    atWork[0]--;
                }
            });
            if (random.nextInt(3) == 0) {
                member.kill();
            }
        } catch (InterruptedException e) {
            // As planned; the next round tries again.
        }
    }
}
