package greenlet.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
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
        List<String> command = List.of(
                compilers,
                "-XX:+UseSerialGC",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=/dev/null",
                "--add-opens",
                "java.base/java.lang=ALL-UNNAMED",
                "-cp",
                ChildJvm.classPath(),
                StackEnd.class.getName());

        ChildJvm child = ChildJvm.run(command);

        assertThat(child.output()).contains("usable, delivered ").doesNotContain("delivered 0");
        assertThat(child.exit()).isZero();
    }
}
