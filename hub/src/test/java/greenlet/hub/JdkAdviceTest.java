package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JdkAdviceTest {
    @ParameterizedTest
    @CsvSource({"25, true", "25.0.3+9-LTS, true", "25.0.4, false", "25.0.5+1, false", "26, false", "27.0.1, false"})
    void forVersion_underTheFix_namesIt(String version, boolean advised) {
        assertThat(JdkAdvice.forVersion(Runtime.Version.parse(version)).isPresent())
                .isEqualTo(advised);
    }
}
