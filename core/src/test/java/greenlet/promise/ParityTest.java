package greenlet.promise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds docs/parity.md to its word: all 84 promises are there, and each test that it names exists. */
class ParityTest {
    /** {@code `SwitchingTest.p20…`}, {@code `PinnedTest`}, {@code `launch.MemoryTest.p77…`}; a range before a second one. */
    private static final Pattern TEST =
            Pattern.compile("(?<to>–)?`(?<class>(?:[a-z]+\\.)?[A-Z]\\w*Test)?\\.?(?<method>p\\w+)?…?`");

    private static final Pattern NUMBERS = Pattern.compile("(\\d+)(?:–(\\d+))?");
    private static final List<String> PACKAGES = List.of("greenlet.promise.", "greenlet.", "greenlet.launch.");

    /** What a row without a test says instead. */
    private static final List<String> REASONS =
            List.of("nothing to test", "no counterpart", "the JVM", "the hub's business", "`docs/performance.md`");

    private record Row(String numbers, String here, String tests) {}

    private static List<Row> rows(Path page) throws IOException {
        try (Stream<String> lines = Files.lines(page)) {
            return lines.filter(line -> line.matches("\\| \\d.*"))
                    .map(line -> line.split("\\|", -1))
                    .map(cells -> new Row(cells[1].strip(), cells[2] + cells[3], cells[4].strip()))
                    .toList();
        }
    }

    private static Path page() {
        String root = System.getProperty("greenlet.root");
        assertThat(root).as("the build says where the repository is").isNotNull();
        return Path.of(root, "docs", "parity.md");
    }

    @Test
    void page_hasEachOfThe84PromisesOnce() throws IOException {
        List<Integer> listed = rows(page()).stream()
                .flatMap(row -> numbers(row.numbers()).stream())
                .sorted()
                .toList();
        assertThat(listed).isEqualTo(IntStream.rangeClosed(1, 84).boxed().toList());
    }

    @Test
    void eachTestThatThePageNames_exists() throws IOException {
        List<String> problems =
                rows(page()).stream().flatMap(row -> problems(row).stream()).toList();
        assertThat(problems).isEmpty();
    }

    @Test
    void eachTestOfAPromise_isOfOneThatThePageLists() throws IOException {
        TreeSet<Integer> listed = new TreeSet<>();
        rows(page()).forEach(row -> listed.addAll(numbers(row.numbers())));
        List<String> tests = new ArrayList<>();
        for (Class<?> type : List.of(
                CollectionTest.class,
                CreationTest.class,
                HostTest.class,
                IntrospectionTest.class,
                ParentTest.class,
                ScopedValueTest.class,
                SwitchingTest.class,
                ThreadsTest.class,
                ThrowingTest.class,
                TracingTest.class)) {
            methods(type).filter(name -> name.matches("p\\d.*")).forEach(tests::add);
        }
        assertThat(tests)
                .hasSizeGreaterThan(60)
                .allSatisfy(name -> assertThat(listed).contains(Integer.valueOf(name.substring(1, 3))));
    }

    @Test
    void page_thatNamesAMissingTestOrNone_isFound(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("parity.md");
        Files.writeString(page, """
            | 1 | a | b | `CreationTest.p01…` |
            | 2 | a | b | `CreationTest.p99…` |
            | 3 | a | b | `NoSuchTest` |
            | 4 | a | silence | |
            | 5–6 | a | b | `ThrowingTest.p34…`–`p36…`, `p77…` |
            """);
        List<String> problems =
                rows(page).stream().flatMap(row -> problems(row).stream()).toList();
        assertThat(problems)
                .containsExactly(
                        "2: no test CreationTest.p99",
                        "3: no class NoSuchTest",
                        "4: neither a test nor a reason",
                        "5–6: no test ThrowingTest.p77");
    }

    private static List<Integer> numbers(String cell) {
        List<Integer> numbers = new ArrayList<>();
        Matcher matcher = NUMBERS.matcher(cell);
        while (matcher.find()) {
            int from = Integer.parseInt(matcher.group(1));
            int to = matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2));
            IntStream.rangeClosed(from, to).forEach(numbers::add);
        }
        return numbers;
    }

    private static List<String> problems(Row row) {
        List<String> problems = new ArrayList<>();
        Matcher named = TEST.matcher(row.tests());
        String type = "";
        String last = "p00";
        while (named.find()) {
            type = named.group("class") == null ? type : named.group("class");
            Optional<Class<?>> found = find(type);
            String method = named.group("method");
            if (found.isEmpty()) {
                problems.add(row.numbers() + ": no class " + type);
            } else if (method != null) {
                for (String prefix : named.group("to") == null ? List.of(method) : range(last, method)) {
                    if (methods(found.get()).noneMatch(name -> isOf(name, prefix))) {
                        problems.add(row.numbers() + ": no test " + type + "." + prefix);
                    }
                }
                last = method;
            }
        }
        boolean hasReason = REASONS.stream().anyMatch((row.here() + row.tests())::contains);
        if (type.isEmpty() && !hasReason) {
            problems.add(row.numbers() + ": neither a test nor a reason");
        }
        return problems;
    }

    /** The promises after the one, as far as the other. */
    private static List<String> range(String from, String to) {
        return IntStream.rangeClosed(Integer.parseInt(from.substring(1)) + 1, Integer.parseInt(to.substring(1)))
                .mapToObj(number -> String.format(Locale.ROOT, "p%02d", number))
                .toList();
    }

    /** A test may be of several promises: {@code p46_p47_stackTrace_isTheWholeStack}. */
    private static boolean isOf(String test, String prefix) {
        return test.startsWith(prefix + "_") || test.matches("(p\\d\\d_)+" + prefix + "_.*");
    }

    private static Optional<Class<?>> find(String type) {
        for (String place : PACKAGES) {
            try {
                return Optional.of(Class.forName(place + type));
            } catch (ClassNotFoundException elsewhere) {
                // the next package
            }
        }
        return Optional.empty();
    }

    private static Stream<String> methods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods()).map(Method::getName);
    }
}
