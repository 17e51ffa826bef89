package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

// A yield is the switch that these tests take or avoid; what a spawned body throws reaches the hub's handler.
@SuppressWarnings({"FutureReturnValueIgnored", "ThreadPriorityCheck"})
@Timeout(30)
class AtomicityTest {
    @Test
    void switchCount_betweenTwoTurns_changesOnlyByASwitch() {
        Hub.run(() -> {
            Hub hub = Hub.current();
            long before = hub.switchCount();
            Map<String, Integer> map = new HashMap<>();
            map.merge("a", 1, Integer::sum);
            assertThat(hub.switchCount()).isEqualTo(before);
            Thread.yield();
            assertThat(hub.switchCount()).isGreaterThan(before);
        });
    }

    @Test
    void noSwitch_withoutOne_givesTheValue() {
        assertThat(Hub.run(() -> NoSwitch.run(() -> 1 + 1))).isEqualTo(2);
    }

    @Test
    void noSwitch_withOneInside_namesTheFrame() {
        assertThatThrownBy(() -> Hub.run(() -> {
                    NoSwitch.run(AtomicityTest::innocentLooking);
                }))
                .isInstanceOf(SwitchedException.class)
                .hasMessageContaining("'main' was switched out inside NoSwitch.run")
                .hasMessageContaining("AtomicityTest.innocentLooking");
    }

    @Test
    void noSwitch_blockedOnAMonitor_isASwitchToo() {
        Object monitor = new Object();

        assertThatThrownBy(() -> Hub.run(() -> {
                    Hub.current().spawn(() -> {
                        synchronized (monitor) {
                            Thread.yield();
                        }
                    });
                    Thread.yield();
                    NoSwitch.run(() -> {
                        synchronized (monitor) {
                            assertThat(Thread.holdsLock(monitor)).isTrue();
                        }
                    });
                }))
                .isInstanceOf(SwitchedException.class);
    }

    @Test
    void noSwitch_callDuringWhichTheTurnIsHandedOver_namesTheFrame() throws Exception {
        Process cat = new ProcessBuilder("cat").start();
        try (Hub hub = Hub.builder().handOffAfter(Duration.ZERO).start()) {
            GreenThread<Long> reader = hub.spawn("reader", () -> {
                long before = hub.switchCount();
                assertThatThrownBy(() -> NoSwitch.run(() -> readOne(cat)))
                        .isInstanceOf(SwitchedException.class)
                        .hasMessageContaining("'reader' was switched out inside NoSwitch.run")
                        .hasMessageContaining("by greenlet.hub.AtomicityTest.readOne");
                return hub.switchCount() - before;
            });
            hub.spawn(() -> {
                cat.getOutputStream().write('x');
                cat.getOutputStream().flush();
            });
            assertThat(reader.get()).isPositive();
        } finally {
            cat.destroy();
        }
    }

    @Test
    void noSwitch_bodyThrowsAfterASwitch_keepsWhatItThrew() {
        IllegalArgumentException failure = new IllegalArgumentException("own");

        assertThatThrownBy(() -> Hub.run(() -> {
                    NoSwitch.run(() -> {
                        Thread.yield();
                        throw failure;
                    });
                }))
                .isInstanceOf(SwitchedException.class)
                .hasSuppressedException(failure);
    }

    @Test
    void noSwitch_nested_bothSee() {
        assertThatThrownBy(() -> Hub.run(() -> {
                    NoSwitch.run(() -> {
                        try {
                            NoSwitch.run(AtomicityTest::innocentLooking);
                        } catch (SwitchedException inner) {
                            assertThat(inner).hasMessageContaining("innocentLooking");
                        }
                    });
                }))
                .isInstanceOf(SwitchedException.class);
    }

    @Test
    void ensureCurrent_elsewhere_isRefused() {
        try (Hub hub = Hub.start()) {
            assertThatThrownBy(hub::ensureCurrent)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("needs a green thread of hub '" + hub.name() + "'");
            assertThatThrownBy(() -> Hub.run(hub::ensureCurrent)).isInstanceOf(IllegalStateException.class);
        }
        Hub.run(() -> Hub.current().ensureCurrent());
    }

    @Test
    void confined_touchedFromAnotherHub_isRefused() throws Exception {
        try (Hub hub = Hub.start()) {
            Confined<Map<String, Integer>> map = Confined.to(hub, new HashMap<>());

            assertThat(hub.spawn(() -> map.get().put("a", 1)).get()).isNull();
            assertThat(hub.spawn(() -> map.get().get("a")).get()).isEqualTo(1);
            assertThatThrownBy(map::get).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> Hub.run(() -> map.get())).isInstanceOf(IllegalStateException.class);
        }
    }

    private static void readOne(Process cat) throws IOException {
        assertThat(cat.getInputStream().read()).isEqualTo('x');
    }

    private static void innocentLooking() {
        Thread.yield();
    }
}
