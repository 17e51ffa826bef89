package greenlet.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Promise 69: how a program ends that has suspended greenlets. */
@Tag("continuations")
class EndingTest {
    private static ChildJvm end(String how) {
        return ChildJvm.run(List.of(), Ending.class, how);
    }

    @Test
    void p69_endOfMain_unwindsMains() {
        ChildJvm child = end("return");
        assertThat(child.output().lines()).containsExactly("main ends", "unwound on main");
        assertThat(child.exit()).isZero();
    }

    @Test
    void p69_systemExit_unwindsNothing() {
        ChildJvm child = end("exit");
        assertThat(child.output().lines()).containsExactly("main ends");
        assertThat(child.exit()).isEqualTo(3);
    }
}
