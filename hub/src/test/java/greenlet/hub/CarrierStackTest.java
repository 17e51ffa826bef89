package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How deep green threads can recurse, in JVMs of their own that interpret: a frame then has one size. */
@Timeout(120)
class CarrierStackTest {
    @ParameterizedTest
    @ValueSource(strings = {"-Xint", "-Xss4m", "-XX:ThreadStackSize=512"})
    void depthOfRecursion_byDefault_isAtLeastTheMainThreads(String option) throws Exception {
        ForkedJvm.Result result = new ForkedJvm().with("-Xint").with(option).run(StackPrograms.class);

        assertThat(result.exitCode()).as(result.err()).isZero();
        List<Integer> depths = Arrays.stream(result.out().strip().split(" ", -1))
                .map(Integer::parseInt)
                .toList();
        assertThat(depths.get(1)).as("default, of %s", depths).isGreaterThanOrEqualTo(depths.get(0));
        assertThat(depths.get(2)).as("16 MiB, of %s", depths).isGreaterThan(3 * depths.get(1));
        assertThat(depths.get(3)).as("256 KiB, of %s", depths).isLessThan(depths.get(1) / 4);
    }

    @Test
    void carrierStackBytes_outsideItsBounds_isRefusedWithTheBounds() {
        for (long bytes : new long[] {0, -1, (256L << 10) - 1, (1L << 30) + 1}) {
            assertThatThrownBy(() -> Hub.builder().carrierStackBytes(bytes))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Cannot give a hub's carriers a stack of " + bytes
                            + " bytes: use 262144 (256 KiB) to 1073741824 (1 GiB).");
        }
    }
}
