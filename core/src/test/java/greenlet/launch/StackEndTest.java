package greenlet.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The end of a stack in JVMs of their own, one for each way to compile. With C1 alone this found that the first death at the
 * end of a stack was lost, as classes had to be loaded for it; with C2 alone, that no room was made sure of: the JVM crashed.
 */
@Tag("continuations")
class StackEndTest {
    @ParameterizedTest
    @ValueSource(strings = {"-Xbatch", "-XX:TieredStopAtLevel=1", "-XX:-TieredCompilation", "-Xint"})
    void switchTo_atEachFrameOfAJvmWhereNothingHasFailedYet_deliversOrOverflowsAndStaysUsable(String compilers) {
        ensureUsable(compilers);
    }

    @ParameterizedTest
    @MethodSource("compilersOfVariants")
    void switchTo_whileListenerAndHooksWatch_undoesWholeOrNothingAndGivesBackWhatWasSaved(String compilers) {
        ensureUsable(compilers, "listener", "hooks");
    }

    /** A virtual thread that is mounted runs on its carrier's stack, below the carrier's own frames. */
    @ParameterizedTest
    @MethodSource("compilersOfVariants")
    void switchTo_onAVirtualThreadAtTheEndOfItsCarriersStack_deliversOrOverflowsAndStaysUsable(String compilers) {
        ensureUsable(compilers, "virtual");
    }

    @ParameterizedTest
    @MethodSource("compilersOfVariants")
    void switchTo_onAVirtualThreadWhileListenerAndHooksWatch_undoesWholeOrNothing(String compilers) {
        ensureUsable(compilers, "virtual", "listener", "hooks");
    }

    /** One usually, which has most frames of ours; all with {@code -Dgreenlet.proofs=ci|thorough}. */
    static List<String> compilersOfVariants() {
        return "default".equals(System.getProperty("greenlet.proofs", "default"))
                ? List.of("-Xint")
                : List.of("-Xbatch", "-XX:TieredStopAtLevel=1", "-XX:-TieredCompilation", "-Xint");
    }

    private static void ensureUsable(String compilers, String... modes) {
        ChildJvm child = ChildJvm.run(
                List.of(compilers, "-XX:+UseSerialGC", "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=/dev/null"),
                StackEnd.class,
                modes);

        assertThat(child.output()).contains("usable, delivered ").doesNotContain("delivered 0");
        assertThat(child.exit()).isZero();
    }
}
