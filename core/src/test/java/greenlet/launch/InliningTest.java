package greenlet.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The optimising compiler puts a switch into the code that switches, as long as it is small; when the trampoline was in it, it
 * was not, and each suspended stack had one frame more, which cost a tenth of a switch (ADR 0107).
 */
@Tag("continuations")
class InliningTest {
    @Test
    void switchTo_inALoopThatIsHot_isPutIntoTheLoop() {
        ChildJvm child = ChildJvm.run(
                List.of("-Xbatch", "-XX:+UnlockDiagnosticVMOptions", "-XX:+PrintCompilation", "-XX:+PrintInlining"),
                Ring.class);

        assertThat(child.output())
                .contains("went round")
                .containsPattern("greenlet\\.internal\\.Strand::switchTo \\(\\d+ bytes\\)   inline \\(hot\\)")
                .doesNotContainPattern(
                        "greenlet\\.\\S+::\\w+ \\(\\d+ bytes\\)   failed to inline: already compiled into a big"
                                + " method");
        assertThat(child.exit()).isZero();
    }
}
