package greenlet.lab.mechanism;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.hub.Hub;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GreenletsPerCoreTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void threads_areDealtToAHubForEachCoreInTurn() throws Exception {
        int cores = Runtime.getRuntime().availableProcessors();
        Set<Hub> hubs = ConcurrentHashMap.newKeySet();
        try (ThreadMechanism.Running running = new GreenletsPerCore().open()) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < cores; i++) {
                threads.add(running.threads().newThread(() -> hubs.add(Hub.current())));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                assertThat(thread.join(PATIENCE)).isTrue();
            }
        }
        assertThat(hubs).hasSize(cores);
    }

    @Test
    void isTheOnlyVariant_soThatEveryOtherMechanismKeepsItsColumns() {
        assertThat(Mechanisms.all())
                .filteredOn(Mechanism::isVariant)
                .extracting(Mechanism::name)
                .containsExactly("greenlets-per-core");
    }
}
