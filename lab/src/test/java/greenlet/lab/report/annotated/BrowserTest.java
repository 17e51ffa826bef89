package greenlet.lab.report.annotated;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.advise.PlantedFindings;
import greenlet.lab.advise.report.AdvicePage;
import greenlet.lab.article.Post;
import greenlet.lab.measure.Budget;
import greenlet.lab.measure.Report;
import greenlet.lab.report.plot.Palette;
import greenlet.lab.report.plot.Plots;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves the page in a real browser: no console errors, every plot there, no sideways scroll, dark where the system is. */
class BrowserTest {
    private static final Path SHOTS = Path.of("target", "screenshots");

    @TempDir
    static Path folder;

    private static Chromium browser;

    @BeforeAll
    static void open() throws IOException {
        browser = Chromium.shared();
        page("full", PlantedComparison.full(Budget.DEFAULT), Post.standard());
        page("quick", PlantedComparison.jvmOnly(Budget.QUICK, true), Post.standard());
        page("empty", PlantedComparison.empty(), Post.standard());
        page("wide", PlantedComparison.hostile("w".repeat(300)), wide());
        advice("advice", "com.acme.MyTask");
        advice("advice-wide", "w".repeat(300));
        Files.createDirectories(SHOTS);
    }

    private static void page(String name, Report report, Post post) throws IOException {
        AnnotatedReports.write(report, post, Files.createDirectories(folder.resolve(name)));
    }

    private static void advice(String name, String text) throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve(name)).resolve(AnnotatedReports.HTML),
                AdvicePage.render(PlantedFindings.report(text)));
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
        "wide, 390, light",
        "wide, 1280, light",
        "advice, 390, light",
        "advice, 1280, dark",
        "advice-wide, 390, light",
    })
    void page_isWhole(String name, int width, String scheme) throws IOException {
        show(name, width, scheme);
        assertThat(number("document.documentElement.scrollWidth"))
                .as("sideways scroll")
                .isLessThanOrEqualTo(width);
        assertThat(browser.console()).as("console").isEmpty();
        assertThat(number("performance.getEntriesByType('resource').length"))
                .as("requests")
                .isZero();
        shoot(name + "-" + width + "-" + scheme);
    }

    @Test
    void advicePage_showsAMarkForEachPointAndTheChoice() {
        show("advice", 1280, "light");
        assertThat(number("document.querySelectorAll('svg .dot').length")).isEqualTo(3 * 2 * 10);
        assertThat(text("document.querySelector('tr.chosen th').textContent")).contains("virtual threads");
        assertThat(number("Math.min(...[...document.querySelectorAll('figure > svg')].map(s =>"
                        + " s.getBoundingClientRect().height))"))
                .isGreaterThan(100);
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

    /** They were clipped to a pixel: a rule for the plots' own pictures met those that place the marks. */
    @Test
    void marks_areDrawnWhole() throws IOException {
        show("full", 1280, "light");
        String first = "document.querySelector('#main .m-virtual-threads .mark')";
        assertThat(text("getComputedStyle(" + first + ".parentNode).overflow")).isEqualTo("visible");
        BufferedImage shot = ImageIO.read(new ByteArrayInputStream(browser.screenshot()));
        int x = (int) Math.round(number("(r => r.left + r.width / 2)(" + first + ".getBoundingClientRect())"));
        int y = (int)
                Math.round(number("(r => r.top + scrollY + r.height / 2)(" + first + ".getBoundingClientRect())"));
        Color wanted = Color.decode(Palette.look("virtual-threads").light());
        for (int corner : new int[] {-3, 3}) {
            Color found = new Color(shot.getRGB(x + corner, y + corner));
            // The browser's own conversion of colours may be off by one.
            assertThat(Math.abs(found.getRed() - wanted.getRed())
                            + Math.abs(found.getGreen() - wanted.getGreen())
                            + Math.abs(found.getBlue() - wanted.getBlue()))
                    .as("%s, %d pixels off the middle of a mark that is %s", found, corner, wanted)
                    .isLessThan(8);
        }
    }

    @Test
    void labelsOfGroups_endWithinTheNarrowPage() {
        show("full", 390, "light");
        assertThat(number("Math.max(...[...document.querySelectorAll('.plot .group')].map(g =>"
                        + " g.getBoundingClientRect().right))"))
                .isLessThanOrEqualTo(390);
        assertThat(number("document.querySelectorAll('#main .group').length"))
                .as("one of them has two lines")
                .isGreaterThan(Plots.main(PlantedComparison.full(Budget.DEFAULT))
                        .orElseThrow()
                        .groups()
                        .size());
    }

    @Test
    void whatHasNoFigure_standsBelowItsPlotWithTheWholeReason() {
        show("full", 390, "light");
        assertThat(text("document.querySelector('#plot-sharing-lost-updates .absent').textContent.trim()"))
                .isEqualTo("processes: not applicable: processes share no memory, so there is nothing to lose");
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
        browser.media("print", "dark");
        assertThat(text("getComputedStyle(document.documentElement).getPropertyValue('--paper').trim()"))
                .isEqualTo("#fdfdfb");
        byte[] bytes = browser.pdf();
        assertThat(bytes.length).isGreaterThan(50_000);
        Files.write(SHOTS.resolve("full.pdf"), bytes);
        assertThat(number("document.querySelector('#main').getBoundingClientRect().height"))
                .as("the main plot on an A4 page of 1123 pixels with its margins")
                .isLessThan(1040);
        browser.media("", "light");
    }

    private static void show(String name, int width, String scheme) {
        browser.show(folder.resolve(name).resolve(AnnotatedReports.HTML), width, scheme);
    }

    private static void shoot(String name) throws IOException {
        Files.write(SHOTS.resolve(name + ".png"), browser.screenshot());
    }

    private static double number(String expression) {
        return browser.number(expression);
    }

    private static String text(String expression) {
        return browser.text(expression);
    }
}
