package greenlet.lab.report.annotated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import greenlet.lab.article.Post;
import greenlet.lab.measure.Budget;
import greenlet.lab.measure.Report;
import greenlet.lab.report.plot.Plots;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Proves the page in a real browser: no console errors, every plot there, no sideways scroll, dark where the system is. */
class BrowserTest {
    private static final Path SHOTS = Path.of("target", "screenshots");

    @TempDir
    static Path folder;

    private static ChromeDriver browser;

    @BeforeAll
    static void open() throws IOException {
        File chromium = find("chromium", "chromium-browser", "google-chrome");
        File driver = find("chromedriver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium);
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile"));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver)
                .usingAnyFreePort()
                .build();
        browser = new ChromeDriver(service, options);
        browser.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(30));
        page("full", PlantedComparison.full(Budget.DEFAULT), Post.standard());
        page("quick", PlantedComparison.jvmOnly(Budget.QUICK, true), Post.standard());
        page("empty", PlantedComparison.empty(), Post.standard());
        page("hostile", PlantedComparison.hostile("<script>alert(1)</script>" + "w".repeat(300)), wide());
        Files.createDirectories(SHOTS);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.quit();
        }
    }

    private static File find(String... names) {
        List<File> found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(place -> Stream.of(names).map(name -> new File(place, name)))
                .filter(File::canExecute)
                .toList();
        String missing = "no " + names[0] + " on the PATH. Install it (Debian: apt install chromium chromium-driver).";
        if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
            fail(missing);
        }
        assumeTrue(!found.isEmpty(), missing);
        return found.getFirst();
    }

    private static void page(String name, Report report, Post post) throws IOException {
        AnnotatedReports.write(report, post, Files.createDirectories(folder.resolve(name)));
    }

    /** What tends to push a page sideways: a long word, wide code, a wide table. */
    private static Post wide() {
        return Post.parse("p.md", """
            ---
            title: Wide
            ---

            [TOC]

            ## %1$s

            Greenlets are light %1$s.

            ```
            %1$s
            ```

            | a | b |
            |---|---|
            | %1$s | %1$s |
            """.formatted("w".repeat(300)));
    }

    @ParameterizedTest
    @CsvSource({
        "full, 390, light",
        "full, 390, dark",
        "full, 1280, light",
        "full, 1280, dark",
        "quick, 390, light",
        "empty, 390, light",
        "hostile, 390, light",
        "hostile, 1280, light",
    })
    void page_isWhole(String name, int width, String scheme) throws IOException {
        show(name, width, scheme);
        assertThat(number("document.documentElement.scrollWidth"))
                .as("sideways scroll")
                .isLessThanOrEqualTo(width);
        assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
                .as("console")
                .isEmpty();
        assertThat(number("performance.getEntriesByType('resource').length"))
                .as("requests")
                .isZero();
        shoot(name + "-" + width + "-" + scheme);
    }

    @Test
    void everyPlot_isThereWithItsMarksIntervalsAndHoverValues() {
        show("full", 1280, "light");
        Report report = PlantedComparison.full(Budget.DEFAULT);
        Plots.each(report).forEach(plot -> {
            String rows = "document.querySelectorAll('#" + plot.id() + " .row')";
            int measured = Math.toIntExact(plot.groups().stream()
                    .flatMap(group -> group.rows().stream())
                    .filter(row -> row.interval() != null)
                    .count());
            assertThat(number("document.querySelectorAll('#" + plot.id() + " .mark').length"))
                    .as(plot.id())
                    .isEqualTo(measured);
            assertThat(number("document.querySelectorAll('#" + plot.id() + " .interval').length"))
                    .isEqualTo(measured);
            assertThat(number("document.querySelectorAll('#" + plot.id() + " .tick').length"))
                    .isGreaterThanOrEqualTo(1);
            assertThat(number("[..." + rows
                            + "].filter(row => row.querySelector('title').textContent.length > 5).length"))
                    .isEqualTo(number(rows + ".length"));
            assertThat(number("document.querySelector('#" + plot.id() + " svg').getBoundingClientRect().width"))
                    .isGreaterThan(300);
        });
        assertThat(number("document.querySelectorAll('#main .mark').length")).isGreaterThan(10);
    }

    @Test
    void text_isReadableAtBothWidths() {
        for (int width : new int[] {390, 1280}) {
            show("full", width, "light");
            assertThat(number("Math.min(...[...document.querySelectorAll('.plot text')].filter(t =>"
                            + " getComputedStyle(t).display != 'none').map(t =>"
                            + " t.getBoundingClientRect().height))"))
                    .as("height of the smallest letters in a plot at %d", width)
                    .isGreaterThanOrEqualTo(11);
            assertThat(number("[...document.querySelectorAll('.plot')].filter(p =>"
                            + " [...p.querySelectorAll('.value')].some(v => {const n ="
                            + " v.parentNode.querySelector('.name').getBoundingClientRect();return"
                            + " v.getBoundingClientRect().left < n.right; })).length"))
                    .as("plots in which a name runs into its value at %d", width)
                    .isZero();
        }
    }

    @Test
    void darkMode_changesPaperAndMarks() {
        show("full", 1280, "light");
        String light = text("getComputedStyle(document.body).backgroundColor");
        String mark = text("getComputedStyle(document.querySelector('.m-virtual-threads .mark')).fill");
        show("full", 1280, "dark");
        assertThat(text("getComputedStyle(document.body).backgroundColor")).isNotEqualTo(light);
        assertThat(text("getComputedStyle(document.querySelector('.m-virtual-threads .mark')).fill"))
                .isNotEqualTo(mark);
    }

    @Test
    void print_isOnWhite_evenWhereTheSystemIsDark() throws IOException {
        show("full", 1280, "dark");
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("media", "print", "features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
        assertThat(text("getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()"))
                .isEqualTo("#fdfdfb");
        Map<String, Object> pdf =
                browser.executeCdpCommand("Page.printToPDF", Map.of("paperWidth", 8.27, "paperHeight", 11.69));
        byte[] bytes = Base64.getDecoder().decode(String.valueOf(pdf.get("data")));
        assertThat(bytes.length).isGreaterThan(50_000);
        Files.write(SHOTS.resolve("full.pdf"), bytes);
        browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("media", ""));
    }

    private static void show(String name, int width, String scheme) {
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600));
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        browser.get(folder.resolve(name).resolve(AnnotatedReports.HTML).toUri().toString());
    }

    private static void shoot(String name) throws IOException {
        Map<String, Object> shot = browser.executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
        Files.write(SHOTS.resolve(name + ".png"), Base64.getDecoder().decode(String.valueOf(shot.get("data"))));
    }

    private static double number(String expression) {
        Object value = browser.executeScript("return " + expression);
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static String text(String expression) {
        return String.valueOf(browser.executeScript("return " + expression));
    }
}
