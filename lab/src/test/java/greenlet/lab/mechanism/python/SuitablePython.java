package greenlet.lab.mechanism.python;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;

/** Tests that need a real interpreter with greenlet and gevent: skipped with the reason where there is none, but not in CI. */
public final class SuitablePython {
    private SuitablePython() {}

    /** Skips or fails the calling test. */
    public static void require() {
        Optional<String> missing = PythonInUse.missing();
        if (missing.isPresent() && "true".equals(System.getenv("CI"))) {
            fail("CI must measure Python too. " + missing.get());
        }
        assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    }
}
