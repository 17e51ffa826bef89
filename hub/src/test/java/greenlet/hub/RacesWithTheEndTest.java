package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Timeouts and kills that come as what they are to end ends by itself: a million of each in the thorough form. */
// Yields are what is raced.
@SuppressWarnings("ThreadPriorityCheck")
@org.junit.jupiter.api.Timeout(900)
class RacesWithTheEndTest {
    private static final int RACERS = 4;
    private static final int LONGEST_NANOS = 40_000;
    private static final int LONGEST_WRITE_NANOS = 10_000_000;

    /** Of so many races one is with a call that hands the hub over. */
    private static final int BLOCKING_ONE_IN = 16;

    @TempDir
    private Path directory;

    /** Each write goes to the disk, and blocks until it is there. */
    private RandomAccessFile file;

    /** How long the last one took. Confined to the hub. */
    private int writeNanos = LONGEST_NANOS;

    /** How the races of one racer went. */
    private static final class Tallies {
        int returned;
        int ended;
        int broken;
    }

    @BeforeEach
    void openFile() throws IOException {
        file = new RandomAccessFile(directory.resolve("file").toFile(), "rwd");
    }

    @AfterEach
    void closeFile() throws IOException {
        file.close();
    }

    @Test
    void timeout_racedWithTheBlocksEnd_isOneOrTheOtherAndLeavesNoInterrupt() throws Exception {
        int races = Proofs.size(12_000, 100_000, 1_000_000) / RACERS;
        Tallies tallies = new Tallies();
        long handOffs = Hub.builder().handOffAfter(Duration.ZERO).run(() -> {
            List<GreenThread<?>> racers = new ArrayList<>();
            for (int i = 0; i < RACERS; i++) {
                SplittableRandom random = new SplittableRandom(i);
                racers.add(Hub.current().spawn(() -> {
                    for (int race = 0; race < races; race++) {
                        raceTimeout(random, tallies);
                    }
                }));
            }
            for (GreenThread<?> racer : racers) {
                assertThat(racer.get()).isNull();
            }
            assertThat(Hub.current().statistics().timers()).isZero();
            return Hub.current().statistics().handOffs();
        });

        assertThat(handOffs).isGreaterThan(races / BLOCKING_ONE_IN);

        assertThat(tallies.broken).isZero();
        assertThat(tallies.returned + tallies.ended).isEqualTo(races * RACERS);
        assertThat(tallies.returned).isGreaterThan(races / 20);
        assertThat(tallies.ended).isGreaterThan(races / 20);
    }

    private void raceTimeout(SplittableRandom random, Tallies tallies) throws Exception {
        boolean blocking = random.nextInt(BLOCKING_ONE_IN) == 0;
        int longest = blocking ? 2 * writeNanos : LONGEST_NANOS;
        Timeout outer = Timeout.of(Duration.ofNanos(random.nextInt(longest)));
        Timeout inner = Timeout.of(Duration.ofNanos(random.nextInt(longest)));
        boolean nested = random.nextInt(3) == 0;
        try {
            outer.run(() -> {
                if (nested) {
                    raceInner(inner, random, blocking);
                }
                work(random, blocking);
            });
            tallies.returned++;
        } catch (TimedOutException e) {
            tallies.ended++;
            if (e.timeout() != outer && !(nested && e.timeout() == inner)) {
                tallies.broken++;
            }
        }
        // Nothing may come now, neither at once nor at a wait.
        if (Thread.currentThread().isInterrupted()) {
            tallies.broken++;
        }
        Thread.sleep(0, 1);
    }

    private void raceInner(Timeout inner, SplittableRandom random, boolean blocking) throws Exception {
        try {
            inner.run(() -> work(random, blocking));
        } catch (TimedOutException e) {
            if (e.timeout() != inner) {
                throw new AssertionError("an outer timeout was taken for an inner one", e);
            }
        }
    }

    /** About as long as the limits, ending in each of the ways in which code takes an interrupt. */
    private void work(SplittableRandom random, boolean blocking) throws Exception {
        if (blocking) {
            write();
            return;
        }
        switch (random.nextInt(8)) {
            case 0 -> Thread.yield();
            case 1 -> LockSupport.parkNanos(random.nextInt(LONGEST_NANOS));
            case 2 -> {
                try {
                    Thread.sleep(0, random.nextInt(LONGEST_NANOS));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("wrapped and set again", e);
                }
            }
            case 3 -> {
                try {
                    Thread.sleep(0, random.nextInt(LONGEST_NANOS));
                } catch (InterruptedException e) {
                    throw new IllegalStateException("wrapped", e);
                }
            }
            case 4 -> {
                try {
                    Thread.sleep(0, random.nextInt(LONGEST_NANOS));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            case 5 -> {
                BlockingQueue<String> empty = new ArrayBlockingQueue<>(1);
                assertThat(empty.poll(random.nextInt(LONGEST_NANOS), TimeUnit.NANOSECONDS))
                        .isNull();
            }
            case 6 -> {
                try {
                    Thread.sleep(0, random.nextInt(LONGEST_NANOS));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw e;
                }
            }
            default -> Thread.sleep(0, random.nextInt(LONGEST_NANOS));
        }
    }

    /** A call that blocks the operating system's thread: each is a hand-off, and what is to end it comes before, during or after that. */
    private void write() throws IOException {
        long begun = System.nanoTime();
        file.seek(0);
        file.write(1);
        // About what the next one will take: the limits are to lie around its end. A machine that stood still says
        // nothing about that.
        writeNanos = Math.clamp(System.nanoTime() - begun, LONGEST_NANOS, LONGEST_WRITE_NANOS);
    }

    @Test
    void kill_racedWithTheEnd_isOneOrTheOtherAndIsToldOnce() throws Exception {
        int races = Proofs.size(12_000, 100_000, 1_000_000);
        Tallies tallies = new Tallies();
        int[] told = {0};
        BlockingQueue<GreenThread<?>> victims = new ArrayBlockingQueue<>(64);
        Thread killer = Thread.ofPlatform().daemon().start(() -> killAll(victims));
        Hub hub = Hub.builder().handOffAfter(Duration.ZERO).start();
        hub.spawn(() -> {
                    SplittableRandom random = new SplittableRandom(7);
                    for (int race = 0; race < races; race++) {
                        raceKill(random, tallies, told, victims);
                    }
                })
                .get();
        assertThat(hub.statistics().handOffs())
                .isGreaterThan(races / BLOCKING_ONE_IN / 10); // most die before they begin
        CloseReport report = hub.close(Duration.ofSeconds(60));
        killer.interrupt();
        killer.join();

        assertThat(tallies.broken).isZero();
        assertThat(tallies.returned + tallies.ended).isEqualTo(races);
        assertThat(told[0]).isEqualTo(races);
        assertThat(tallies.returned).isGreaterThan(races / 50);
        assertThat(tallies.ended).isGreaterThan(races / 50);
        assertThat(report.killed()).isZero();
        assertThat(report.abandoned()).isEmpty();
    }

    private static void killAll(BlockingQueue<GreenThread<?>> victims) {
        try {
            while (true) {
                victims.take().kill();
            }
        } catch (InterruptedException e) {
            // The races are over.
        }
    }

    private void raceKill(SplittableRandom random, Tallies tallies, int[] told, BlockingQueue<GreenThread<?>> victims)
            throws InterruptedException {
        int yields = random.nextInt(3);
        int nanos = random.nextInt(LONGEST_NANOS);
        boolean blocking = random.nextInt(BLOCKING_ONE_IN) == 0;
        GreenThread<String> victim = Hub.current().spawn("victim", () -> {
            for (int i = 0; i < yields; i++) {
                GreenThread.yieldTurn();
            }
            if (blocking) {
                write();
            } else if (nanos % 2 == 0) {
                Thread.sleep(0, nanos);
            }
            return "returned";
        });
        boolean fromOutside = random.nextInt(2) == 0;
        if (fromOutside && !victims.offer(victim)) {
            victims.put(victim);
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            GreenThread.yieldTurn();
        }
        if (!fromOutside) {
            victim.kill();
        }
        Outcome<String> outcome = victim.join();
        victim.onEnd(again -> {
            told[0]++;
            if (!again.equals(outcome)) {
                tallies.broken++;
            }
        });
        if (outcome instanceof Outcome.Returned) {
            tallies.returned++;
        } else if (outcome instanceof Outcome.Exited) {
            tallies.ended++;
        } else {
            tallies.broken++;
        }
    }
}
