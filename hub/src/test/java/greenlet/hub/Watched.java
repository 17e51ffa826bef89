package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A hub with a watchdog, and what that has reported. */
// A planted offender is of no use as a handle.
@SuppressWarnings("FutureReturnValueIgnored")
final class Watched {
    /** Longer than a loaded machine keeps a thread from its processor, as that looks like an offence of the green thread that has the turn. */
    static final Duration LIMIT = Duration.ofMillis(100);

    static final int PATIENCE_SECONDS = 60;

    private final BlockingQueue<WatchReport> reports = new LinkedBlockingQueue<>();

    HubBuilder hub() {
        return hub(Watch.standard().limit(LIMIT));
    }

    HubBuilder hub(Watch watch) {
        return Hub.builder().grace(Duration.ZERO).name("watched").watch(watch.reportTo(reports::add));
    }

    /** Those that nobody has taken yet. */
    BlockingQueue<WatchReport> reports() {
        return reports;
    }

    WatchReport nextReport() throws InterruptedException {
        return Objects.requireNonNull(reports.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "no report");
    }

    WatchReport.Blocked nextBlocked() throws InterruptedException {
        return (WatchReport.Blocked) nextReport();
    }

    /** Passes over turns that were slow. */
    WatchReport.Deadlock nextDeadlock() throws InterruptedException {
        while (true) {
            if (nextReport() instanceof WatchReport.Deadlock deadlock) {
                return deadlock;
            }
        }
    }

    static void computes(AtomicBoolean stop) {
        while (!stop.get()) {
            Thread.onSpinWait();
        }
    }

    /** Plants a real offence: were there something to be said before, it would have been by now. */
    void assertQuietUntilTheNextOffence(Hub hub) throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        hub.spawn("planted", () -> computes(stop));
        WatchReport.Blocked report = nextBlocked();
        stop.set(true);
        assertThat(report.greenThread()).isEqualTo("planted");
        assertThat(reports).isEmpty();
    }
}
