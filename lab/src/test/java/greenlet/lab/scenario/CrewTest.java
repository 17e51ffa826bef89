package greenlet.lab.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;

class CrewTest {
    private final ThreadFactory threads = Thread.ofVirtual().factory();

    @Test
    void run_startsEveryTaskOnce_andAllAreUnderWayTogether() throws Exception {
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        CyclicBarrier together = new CyclicBarrier(5);
        long nanos = Crew.run(threads, 5, task -> {
            together.await();
            seen.add(task);
        });
        assertThat(seen).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
        assertThat(nanos).isPositive();
    }

    @Test
    void run_whenATaskFails_throwsTheIdenticalException() {
        IOException broken = new IOException("broken");
        assertThatThrownBy(() -> Crew.run(threads, 3, task -> {
                    if (task == 1) {
                        throw broken;
                    }
                }))
                .isSameAs(broken);
    }

    @Test
    void run_whenATaskFailsWithAnError_throwsIt() {
        assertThatThrownBy(() -> Crew.run(threads, 1, _ -> {
                    throw new AssertionError("planted");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessage("planted");
    }

    @Test
    void call_givesWhatTheTaskGave() throws Exception {
        assertThat(Crew.call(threads, () -> Thread.currentThread().isVirtual())).isTrue();
    }
}
