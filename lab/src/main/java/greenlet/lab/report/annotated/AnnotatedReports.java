package greenlet.lab.report.annotated;

import greenlet.lab.article.FrontMatter;
import greenlet.lab.article.Post;
import greenlet.lab.claim.AnnotatedPost;
import greenlet.lab.claim.Outcome;
import greenlet.lab.curve.Curve;
import greenlet.lab.measure.Report;
import greenlet.lab.report.html.HtmlReport;
import greenlet.lab.report.markdown.MarkdownReport;
import greenlet.lab.report.plot.CurvePlots;
import greenlet.lab.report.plot.Lines;
import greenlet.lab.report.plot.LinesPng;
import greenlet.lab.report.plot.Plot;
import greenlet.lab.report.plot.PlotPng;
import greenlet.lab.report.plot.Plots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes {@code report.html}, {@code report.md}, and a PNG of each plot: {@code main.png} beside them, the others in {@code plots/}.
 *
 * <p>Safe for use from any thread. No method is a switch point of a hub's own; writing files may block.
 */
public final class AnnotatedReports {
    /** The page. */
    public static final String HTML = "report.html";

    /** The post, annotated. */
    public static final String MARKDOWN = "report.md";

    /** The picture of the main plot. */
    public static final String THUMBNAIL = "main.png";

    /** The folder of the other pictures. */
    public static final String PICTURES = "plots";

    /** Everything that {@link #write} leaves at the top of a folder. */
    public static final List<String> NAMES = List.of(HTML, MARKDOWN, THUMBNAIL, PICTURES);

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private AnnotatedReports() {}

    /**
     * What was written.
     *
     * @param annotated the post with its verdicts
     * @param files in the order they were written
     * @param problem why there are no pictures; empty if there are
     */
    public record Written(AnnotatedPost annotated, List<Path> files, Optional<String> problem) {
        /** Copies the files. */
        public Written {
            files = List.copyOf(files);
        }
    }

    /**
     * Annotates a post with the figures of a report and writes it all.
     *
     * @param report whose figures count; its {@code createdAt} is that of the first run
     * @param post to annotate
     * @param folder to write into; files of an earlier report in it are replaced
     * @return what was written; a machine that cannot draw costs the pictures only
     * @throws IOException if a file cannot be written
     */
    public static Written write(Report report, Post post, Path folder) throws IOException {
        AnnotatedPost annotated = AnnotatedPost.of(post, report);
        Map<String, String> pictures = new LinkedHashMap<>();
        Optional<String> problem = draw(report, folder, pictures);
        FrontMatter front = carriedOn(annotated, pictures.containsKey(Plots.MAIN));
        List<Path> files = new ArrayList<>();
        files.add(replace(folder.resolve(HTML), HtmlReport.render(annotated, front)));
        files.add(replace(folder.resolve(MARKDOWN), MarkdownReport.render(annotated, front, pictures)));
        pictures.values().forEach(name -> files.add(folder.resolve(name)));
        return new Written(annotated, files, problem);
    }

    private static Optional<String> draw(Report report, Path folder, Map<String, String> pictures) throws IOException {
        Files.createDirectories(folder.resolve(PICTURES));
        List<Plot> plots = new ArrayList<>(Plots.each(report));
        Plots.main(report).ifPresent(plots::addFirst);
        for (Plot plot : plots) {
            if (!PlotPng.isDrawable(plot)) {
                continue;
            }
            String name = plot.id().equals(Plots.MAIN) ? THUMBNAIL : PICTURES + "/" + plot.id() + ".png";
            byte[] png;
            try {
                png = PlotPng.draw(plot);
            } catch (IOException e) {
                pictures.clear();
                return Optional.of(String.valueOf(e.getMessage()));
            }
            Files.write(folder.resolve(name), png);
            pictures.put(plot.id(), name);
        }
        return drawCurves(report, folder, pictures);
    }

    private static Optional<String> drawCurves(Report report, Path folder, Map<String, String> pictures)
            throws IOException {
        for (Curve curve : CurvePlots.curves(report)) {
            for (Lines lines : CurvePlots.of(report, curve)) {
                String name = PICTURES + "/" + lines.id() + ".png";
                byte[] png;
                try {
                    png = LinesPng.draw(lines);
                } catch (IOException e) {
                    pictures.clear();
                    return Optional.of(String.valueOf(e.getMessage()));
                }
                Files.write(folder.resolve(name), png);
                pictures.put(lines.id(), name);
            }
        }
        return Optional.empty();
    }

    /** The first run's date stays, the last one's moves; whatever else the post has in its head stays too. */
    private static FrontMatter carriedOn(AnnotatedPost annotated, boolean thumbnail) {
        Report report = annotated.report();
        FrontMatter front = annotated
                .post()
                .front()
                .with("created_at", date(report.createdAt()))
                .with("updated_at", date(report.updatedAt()))
                .with("tldr", (annotated.post().front().tldr().orElse("") + " " + result(annotated)).strip());
        return thumbnail ? front.with("thumbnail", THUMBNAIL) : front;
    }

    private static String date(Instant instant) {
        return DATE.format(instant);
    }

    private static String result(AnnotatedPost annotated) {
        String counts = annotated.tally().entrySet().stream()
                .map(each -> each.getKey() + ": " + counts(each.getValue()))
                .collect(Collectors.joining("; "));
        String hint = annotated.isIndicative() ? " (indicative)" : "";
        return "Measured on %s with %d cores%s: sentences by verdict, %s."
                .formatted(
                        annotated.report().machine().cpuModel(),
                        annotated.report().machine().cores(),
                        hint,
                        counts);
    }

    private static String counts(Map<Outcome, Long> counts) {
        return counts.entrySet().stream()
                .map(each -> each.getValue() + " " + words(each.getKey()))
                .collect(Collectors.joining(", "));
    }

    private static String words(Outcome outcome) {
        return switch (outcome) {
            case HOLDS -> "hold";
            case DOES_NOT_HOLD -> "do not hold";
            case DEPENDS -> "depend";
            case TIE -> "tie";
            case NOT_MEASURED -> "not measured here";
        };
    }

    private static Path replace(Path file, String text) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(unfinished, text);
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        return file;
    }
}
