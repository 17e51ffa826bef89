package greenlet.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first use of all at the end of a stack: it fails there, in a JVM of its own, and nothing stays broken. */
@Tag("continuations")
class FirstUseTest {
    @ParameterizedTest
    @CsvSource({
        "current, -Xint",
        "of, -Xint",
        "generator, -Xint",
        "coroutine, -Xint",
        "local, -Xint",
        "counts, -Xint",
        "current, -XX:TieredStopAtLevel=1",
        "generator, -Xbatch",
        "local, -XX:-TieredCompilation"
    })
    void firstUse_atTheEndOfAStack_overflowsAndIsMadeGoodWhereThereIsRoom(String entry, String compilers) {
        ChildJvm child = ChildJvm.run(List.of(compilers, "-XX:+UseSerialGC"), FirstUse.class, entry);

        assertThat(child.output())
                .contains("usable, near the end: java.lang.StackOverflowError")
                .doesNotContain("unusable");
        assertThat(child.exit()).isZero();
    }
}
