package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Dumps when the process gets a signal. */
@SuppressWarnings("FutureReturnValueIgnored") // handles of threads that wait for ever
@Timeout(60)
class DumpOnSignalTest {
    @Test
    void dumpOnSignal_processGetsIt_dumpsEachOpenHub() throws Exception {
        BlockingQueue<HubDump> dumps = new LinkedBlockingQueue<>();
        Hubs.dumpOnSignal("HUP", dumps::add);
        try (Hub red = Hub.builder().name("signal-red").grace(Duration.ZERO).start();
                Hub blue =
                        Hub.builder().name("signal-blue").grace(Duration.ZERO).start()) {
            red.spawn("waits", () -> LockSupport.park());
            blue.spawn(() -> {}).join();

            long self = ProcessHandle.current().pid();
            assertThat(new ProcessBuilder("kill", "-HUP", Long.toString(self))
                            .start()
                            .waitFor())
                    .isZero();

            HubDump first = Objects.requireNonNull(dumps.poll(30, TimeUnit.SECONDS));
            HubDump second = Objects.requireNonNull(dumps.poll(30, TimeUnit.SECONDS));
            assertThat(first.hub()).isEqualTo("signal-blue");
            assertThat(second.hub()).isEqualTo("signal-red");
            assertThat(second.greenThreads()).extracting(GreenThreadDump::name).containsExactly("waits");
        }
    }

    @Test
    void dumpOnSignal_noSuchSignalOrTheJvms_isRefusedWithTheRemedy() {
        assertThatThrownBy(() -> Hubs.dumpOnSignal("NONESUCH", dump -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot dump on signal 'NONESUCH': Unknown signal: NONESUCH. Use USR1 or HUP.");
        assertThatThrownBy(() -> Hubs.dumpOnSignal("QUIT", dump -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot dump on signal 'QUIT': Signal already used by VM or OS: SIGQUIT. Use USR1 or HUP.");
    }

    @Test
    void all_hubsOpenAndClose_listsTheOpenOnes() {
        Hub hub = Hub.builder().name("listed").start();
        assertThat(Hubs.all()).contains(hub);

        hub.close();

        assertThat(Hubs.all()).doesNotContain(hub);
    }
}
