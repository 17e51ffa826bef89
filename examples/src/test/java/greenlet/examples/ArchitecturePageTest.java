package greenlet.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The methods that {@code docs/architecture.md} leads through are in the sources. */
class ArchitecturePageTest {
    private static final Pattern METHOD = Pattern.compile("`([A-Z]\\w+)\\.(\\w+)`");
    private static final List<String> OF_THE_JDK =
            List.of("Continuation", "LinkedBlockingQueue", "LockSupport", "VirtualThread");

    @Test
    void methods_ofTheTraces_exist() throws IOException {
        List<String> missing = new ArrayList<>();
        int count = 0;
        for (String line : Page.of("docs/architecture.md").prose()) {
            Matcher matcher = METHOD.matcher(line);
            while (matcher.find()) {
                if (!OF_THE_JDK.contains(matcher.group(1))) {
                    count++;
                    if (!isThere(matcher.group(1), matcher.group(2))) {
                        missing.add(matcher.group());
                    }
                }
            }
        }

        assertThat(missing).isEmpty();
        assertThat(count).isGreaterThan(20);
    }

    @Test
    void isThere_ofAMethodThatIsNot_isFalse() throws IOException {
        assertThat(isThere("Trampoline", "bounce")).isTrue();
        assertThat(isThere("Trampoline", "jump")).isFalse();
        assertThat(isThere("Springboard", "bounce")).isFalse();
    }

    private static boolean isThere(String type, String method) throws IOException {
        Pattern declared = Pattern.compile("(?m)^ +[^=*/]*\\b" + method + "\\(");
        for (String module : List.of("core", "hub")) {
            try (Stream<Path> files = Files.walk(Page.root().resolve(module + "/src/main/java"))) {
                for (Path file :
                        files.filter(file -> file.endsWith(type + ".java")).toList()) {
                    if (declared.matcher(Files.readString(file)).find()) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
