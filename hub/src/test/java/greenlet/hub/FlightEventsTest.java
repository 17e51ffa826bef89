package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a hub leaves in a flight recording. */
// Handles of threads that wait for ever are of no use; yields are what is tested.
@SuppressWarnings({"FutureReturnValueIgnored", "ThreadPriorityCheck"})
@Timeout(120)
class FlightEventsTest {
    @TempDir
    private Path folder;

    @Test
    void recording_ofAHubThatDoesAllOfIt_hasTheFourEvents() throws Exception {
        Path file = folder.resolve("hub.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("greenlet.Switch").withPeriod(Duration.ofMillis(10));
            recording.start();
            misbehave();
            recording.stop();
            recording.dump(file);
        }

        List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().startsWith("greenlet.")
                        && "recorded".equals(event.getString("hub")))
                .toList();
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("greenlet.Spawn"))
                .anySatisfy(spawn -> {
                    assertThat(spawn.getString("greenThread")).isEqualTo("hog");
                    assertThat(spawn.getThread().getJavaName())
                            .isEqualTo(Thread.currentThread().getName());
                    assertThat(spawn.getStackTrace().getFrames())
                            .anyMatch(frame -> frame.getMethod().getName().equals("misbehave"));
                });
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("greenlet.Blocked"))
                .anySatisfy(blocked -> {
                    assertThat(blocked.getString("greenThread")).isEqualTo("hog");
                    assertThat(blocked.getString("how")).isEqualTo("RUNNING");
                    assertThat(blocked.getDuration("held")).isGreaterThanOrEqualTo(Duration.ofMillis(20));
                    assertThat(blocked.getString("stack")).contains("FlightEventsTest");
                });
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("greenlet.Stall"))
                .anySatisfy(stall -> {
                    assertThat(stall.getBoolean("certain")).isTrue();
                    assertThat(stall.getString("description")).contains("'one'", "'two'");
                });
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("greenlet.Switch"))
                .anySatisfy(sample -> {
                    assertThat(sample.getString("greenThread")).isEqualTo("hog");
                    assertThat(sample.getLong("turns")).isPositive();
                    assertThat(sample.getInt("greenThreads")).isPositive();
                });
    }

    /** A hog, then a deadlock; returns when the watchdog has told of both. */
    private static void misbehave() throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        CountDownLatch told = new CountDownLatch(2);
        ReentrantLock red = new ReentrantLock();
        ReentrantLock blue = new ReentrantLock();
        Watch watch = Watch.standard().limit(Duration.ofMillis(20)).reportTo(report -> told.countDown());
        try (Hub hub =
                Hub.builder().name("recorded").grace(Duration.ZERO).watch(watch).start()) {
            hub.spawn("hog", () -> {
                while (!stop.get()) {
                    Thread.onSpinWait();
                }
            });
            while (told.getCount() == 2) {
                LockSupport.parkNanos(1_000_000);
            }
            LockSupport.parkNanos(Duration.ofMillis(200).toNanos()); // for some samples of the hog
            stop.set(true);
            hub.spawn("starts", () -> {
                hub.spawn("one", () -> {
                    red.lock();
                    Thread.yield();
                    blue.lock();
                });
                hub.spawn("two", () -> {
                    blue.lock();
                    Thread.yield();
                    red.lock();
                });
            });
            told.await();
        }
    }
}
