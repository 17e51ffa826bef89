package greenlet.lab.report.annotated;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** One headless Chromium for all tests of this JVM: to start it takes longer than most of them. */
final class Chromium {
    private static final class Shared {
        private static final Chromium BROWSER = new Chromium();
    }

    private final ChromeDriver driver;

    private Chromium() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(find("chromium", "chromium-browser", "google-chrome"));
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(find("chromedriver"))
                .usingAnyFreePort()
                .build();
        driver = new ChromeDriver(service, options);
        driver.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(30));
        Runtime.getRuntime().addShutdownHook(new Thread(driver::quit, "quit-chromium"));
    }

    /** The browser; where there is none the test is skipped with the reason, and fails in CI. */
    static Chromium shared() {
        find("chromium", "chromium-browser", "google-chrome");
        find("chromedriver");
        return Shared.BROWSER;
    }

    private static File find(String... names) {
        List<File> found = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
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

    /** Shows a page; what an earlier one left on the console is forgotten. */
    void show(Path page, int width, String scheme) {
        List<LogEntry> _ = console();
        command(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600));
        media("", scheme);
        driver.get(page.toUri().toString());
    }

    /** Pretends a medium, none if empty, and a wish for light or dark. */
    void media(String medium, String scheme) {
        command(
                "Emulation.setEmulatedMedia",
                Map.of("media", medium, "features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    Map<String, Object> command(String name, Map<String, Object> parameters) {
        return driver.executeCdpCommand(name, parameters);
    }

    List<LogEntry> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll();
    }

    byte[] pdf() {
        return data(command("Page.printToPDF", Map.of("paperWidth", 8.27, "paperHeight", 11.69)));
    }

    byte[] screenshot() {
        return data(command("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true)));
    }

    private static byte[] data(Map<String, Object> answer) {
        return Base64.getDecoder().decode(String.valueOf(answer.get("data")));
    }

    double number(String expression) {
        Object value = driver.executeScript("return " + expression);
        return value instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    String text(String expression) {
        return String.valueOf(driver.executeScript("return " + expression));
    }

    List<String> list(String expression) {
        Object value = driver.executeScript("return " + expression);
        return value instanceof List<?> items
                ? items.stream().map(String::valueOf).toList()
                : List.of(text(expression));
    }

    /** Runs a script that calls its last argument with the answer. */
    String answer(String script, Object... arguments) {
        return String.valueOf(driver.executeAsyncScript(script, arguments));
    }
}
