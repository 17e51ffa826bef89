package greenlet.promise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.fail;

import greenlet.Greenlet;
import greenlet.SwitchEvent;
import greenlet.SwitchListener;
import greenlet.host.GreenletHost;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Promises 57 to 62: tracing. */
@ExtendWith(OwnThread.class)
class TracingTest {
    private final Greenlet main = Greenlet.current();
    private final List<String> trace = new ArrayList<>();

    private void log(SwitchEvent event) {
        trace.add(
                switch (event) {
                    case SwitchEvent.Switch(Greenlet origin, Greenlet target) ->
                        "switch " + origin.name() + ">" + target.name();
                    case SwitchEvent.Throw(Greenlet origin, Greenlet target) ->
                        "throw " + origin.name() + ">" + target.name();
                });
        assertThat(Greenlet.current()).isSameAs(event.target());
    }

    @AfterEach
    void stopTracing() {
        Greenlet.setSwitchListener(null);
    }

    @Test
    void p57_setSwitchListener_returnsThePreviousAndIsPerThread() throws InterruptedException {
        SwitchListener first = this::log;
        SwitchListener second = this::log;
        assertThat(Greenlet.setSwitchListener(first)).isNull();
        assertThat(Greenlet.setSwitchListener(second)).isSameAs(first);
        assertThat(Greenlet.switchListener()).isSameAs(second);
        List<@Nullable SwitchListener> elsewhere = new ArrayList<>();
        Thread thread = Thread.ofPlatform().start(() -> elsewhere.add(Greenlet.switchListener()));
        thread.join();
        assertThat(elsewhere).containsExactly((SwitchListener) null);
    }

    @Test
    void p58_p60_events_nameSwitchesThrowsAndDeaths() {
        Greenlet.setSwitchListener(this::log);
        Greenlet g = Greenlet.of("g", first -> main.switchTo());
        g.switchTo();
        g.switchTo(); // resumes and dies
        Greenlet failing = Greenlet.of("failing", first -> {
            throw new IllegalStateException("planned");
        });
        assertThatThrownBy(failing::switchTo).hasMessage("planned");
        Greenlet killed = Greenlet.of("killed", first -> main.switchTo());
        killed.switchTo();
        killed.throwInto();
        main.switchTo("self");
        killed.switchTo("dead");

        assertThat(trace)
                .containsExactly(
                        "switch main>g",
                        "switch g>main",
                        "switch main>g",
                        "switch g>main",
                        "switch main>failing",
                        "throw failing>main",
                        "switch main>killed",
                        "switch killed>main",
                        "throw main>killed",
                        "switch killed>main",
                        "switch main>main",
                        "switch main>main");
    }

    @Test
    void p59_listener_runsInTheTargetBeforeItResumesOrStarts() {
        Greenlet g = Greenlet.of("g", first -> {
            trace.add("body");
            main.switchTo();
            trace.add("resumed");
            return null;
        });
        Greenlet.setSwitchListener(this::log);
        g.switchTo();
        g.switchTo();
        assertThat(trace)
                .containsExactly("switch main>g", "body", "switch g>main", "switch main>g", "resumed", "switch g>main");
    }

    @Test
    void p61_listenerThatThrows_isRemovedAndItsExceptionIsThrownInTheTarget() {
        IllegalStateException failure = new IllegalStateException("listener");
        Greenlet g = Greenlet.of("g", first -> {
            try {
                return main.switchTo();
            } catch (IllegalStateException caught) {
                return caught;
            }
        });
        g.switchTo();
        Greenlet.setSwitchListener(event -> {
            throw failure;
        });

        assertThat(g.throwInto(new IllegalArgumentException("replaced"))).isSameAs(failure);
        assertThat(Greenlet.switchListener()).isNull();
    }

    @Test
    void p61_listenerThatThrows_killsAnUnstartedTargetWithoutRunningIt() {
        IllegalStateException failure = new IllegalStateException("listener");
        Greenlet g = Greenlet.of("g", first -> fail("must not run"));
        Greenlet.setSwitchListener(event -> {
            throw failure;
        });

        assertThatThrownBy(g::switchTo).isSameAs(failure);
        assertThat(g.isDead()).isTrue();
        assertThat(Greenlet.switchListener()).isNull();
    }

    @Test
    void p62_listener_setTwiceAndSwitching_isSafe() {
        Greenlet other = Greenlet.of("other", first -> {
            while (true) {
                main.switchTo("other's");
            }
        });
        Greenlet g = Greenlet.of("g", first -> first);
        SwitchListener listener = event -> {
            log(event);
            if (event.target() == main) {
                trace.add("inside: " + other.switchTo());
            }
        };
        Greenlet.setSwitchListener(listener);
        Greenlet.setSwitchListener(listener);

        assertThat(g.switchTo("value")).isEqualTo("value");
        // The switch that the listener makes is reported in its target; its way back is a part of that call.
        assertThat(trace).containsExactly("switch main>g", "switch g>main", "switch main>other", "inside: other's");
        Greenlet.setSwitchListener(null);
        other.close();
    }

    /** It was called in its own call, again and again, until the stack was full. */
    @Test
    void p62_listener_thatSetsItselfAgainAndSwitches_isNotCalledInItsOwnCall() {
        Greenlet other = Greenlet.of("other", first -> {
            while (true) {
                main.switchTo("other's");
            }
        });
        Greenlet g = Greenlet.of("g", first -> first);
        Late<SwitchListener> itself = new Late<>();
        itself.set(event -> {
            log(event);
            if (event.target() == main) {
                Greenlet.setSwitchListener(null);
                Greenlet.setSwitchListener(itself.get());
                trace.add("inside: " + other.switchTo());
            }
        });
        Greenlet.setSwitchListener(itself.get());

        assertThat(g.switchTo("value")).isEqualTo("value");
        assertThat(trace).containsExactly("switch main>g", "switch g>main", "switch main>other", "inside: other's");
        Greenlet.setSwitchListener(null);
        other.close();
    }

    @Test
    void p60_close_isAThrowAndThenASwitch() {
        Greenlet g = Greenlet.of("g", first -> main.switchTo());
        g.switchTo();
        Greenlet.setSwitchListener(this::log);
        g.close();
        assertThat(trace).containsExactly("throw main>g", "switch g>main");
    }

    @Test
    @Tag("continuations")
    void p60_killByTheCollector_isAThrowAndThenASwitch() {
        dropSuspended();
        Greenlet.setSwitchListener(this::log);
        for (int i = 0; i < 200 && trace.isEmpty(); i++) {
            System.gc();
            GreenletHost.drain();
        }
        assertThat(trace).containsExactly("throw main>dropped", "switch dropped>main");
    }

    private void dropSuspended() {
        Greenlet.of("dropped", first -> main.switchTo()).switchTo();
    }
}
