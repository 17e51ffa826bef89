package greenlet.lab.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class JvmVariablesTest {
    @Test
    void tuningIsKept_andOfPropertiesTheNameOnly() {
        assertThat(JvmVariables.facts(Map.of(
                        "JAVA_TOOL_OPTIONS",
                        " -Xmx1g -XX:+UseZGC -Djavax.net.ssl.trustStorePassword=secret -javaagent:a.jar=key"
                                + " --add-opens=x=y",
                        "PATH",
                        "/bin")))
                .containsExactly(Map.entry(
                        "JAVA_TOOL_OPTIONS",
                        "-Xmx1g -XX:+UseZGC -Djavax.net.ssl.trustStorePassword=… -javaagent=… --add-opens=…"));
    }

    @Test
    void none_whereNoneIsSet() {
        assertThat(JvmVariables.facts(Map.of("JDK_JAVA_OPTIONS", " "))).isEmpty();
    }
}
