package greenlet.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Promise 77 and the limits of memory, in heaps of known size. */
@Tag("continuations")
class MemoryTest {
    private static ChildJvm run(String heap, Class<?> program, String... arguments) {
        // With the serial collector a full heap has room for an anchor.
        return ChildJvm.run(List.of("-Xmx" + heap, "-XX:+UseG1GC"), program, arguments);
    }

    /** Where memory was missed says an error's trace, of which a JVM has four: another thread of its may have taken one. */
    private static ChildJvm lowMemory(String when) {
        ChildJvm child = run("48m", LowMemory.class, when);
        for (int again = 0; again < 4 && child.output().contains("missed in null"); again++) {
            child = run("48m", LowMemory.class, when);
        }
        return child;
    }

    @Test
    void switchTo_withNoMemoryToSaveTheStackIn_isUndoneAndEverythingStaysUsable() {
        ChildJvm child = lowMemory("later");
        assertThat(child.output()).contains("usable, refused 5, missed in yield");
        assertThat(child.exit()).isZero();
    }

    @Test
    void switchTo_withNoMemoryForAFirstSuspension_isUndoneAndEverythingStaysUsable() {
        ChildJvm child = lowMemory("first");
        assertThat(child.output()).contains("usable, refused 5, missed in anchor");
        assertThat(child.exit()).isZero();
    }

    @Test
    void p77_tenMillionCreatedAndDropped_leaveNothing() {
        ChildJvm child = run("64m", Leaks.class, "created", "10000000");
        assertThat(child.output()).contains("created 10000000");
        assertThat(child.exit()).isZero();
    }

    @Test
    void p77_tenMillionRunToTheirEnd_leaveNothing() {
        ChildJvm child = run("64m", Leaks.class, "lived", "10000000");
        assertThat(child.output()).contains("lived 10000000");
        assertThat(child.exit()).isZero();
    }

    @Test
    void p77_hundredThousandSuspendedAndDropped_leaveNothing() {
        ChildJvm child = run("64m", Leaks.class, "dropped", "100000");
        assertThat(child.output()).contains("dropped 100000");
        assertThat(child.exit()).isZero();
    }

    @Test
    void p77_threadsThatEndWithSuspendedGreenlets_leaveNothing() {
        ChildJvm child = run("64m", Leaks.class, "threads", "2000");
        assertThat(child.output()).contains("threads 2000");
        assertThat(child.exit()).isZero();
    }

    /** 400 bytes each, and what the collector needs, of which the serial one needs more. */
    @Test
    void aMillionSuspended_fitInto600Megabytes() {
        ChildJvm child = run("600m", Leaks.class, "suspended", "1000000");
        assertThat(child.output()).contains("suspended 1000000");
        assertThat(child.exit()).isZero();
    }
}
