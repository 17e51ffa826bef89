package greenlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Formatter, compiler and Error Prone all run on the toolchain's JDK: Java 17 cannot parse this file. */
class UnnamedPatternTest {
    private record Pair(Object left, Object right) {}

    @Test
    void instanceof_unnamedPattern_isParsedByEveryTool() {
        Object pair = new Pair("left", 2);
        assertThat(pair instanceof Pair(String left, var _) ? left : "").isEqualTo("left");
    }
}
