package greenlet.lab.claim;

import greenlet.lab.article.Post;
import greenlet.lab.article.Sentence;
import greenlet.lab.measure.Report;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A post, a report, and everything that the second says about the first: what the renderers of {@code greenlet.lab.report} put on a page.
 * Immutable.
 */
public final class AnnotatedPost {
    private final Post post;
    private final Report report;
    private final Map<String, Annotation> annotations;
    private final List<Choice> choices;
    private final List<Platform> platforms;

    private AnnotatedPost(Post post, Report report) {
        this.post = post;
        this.report = report;
        this.annotations = Annotator.annotate(post, report);
        this.choices = Chooser.choices(report);
        this.platforms = Judge.of(report).platforms();
    }

    /**
     * Judges everything once.
     *
     * @param post to annotate
     * @param report whose figures count
     * @return both, and what follows
     */
    public static AnnotatedPost of(Post post, Report report) {
        return new AnnotatedPost(post, report);
    }

    /**
     * The post.
     *
     * @return as it was read
     */
    public Post post() {
        return post;
    }

    /**
     * The report.
     *
     * @return as it was measured
     */
    public Report report() {
        return report;
    }

    /**
     * What is said of a sentence.
     *
     * @param sentence of the post
     * @return its annotation
     */
    public Annotation annotation(Sentence sentence) {
        Annotation annotation = annotations.get(sentence.id());
        if (annotation == null) {
            throw new IllegalArgumentException("No sentence " + sentence.id() + " in " + post + ".");
        }
        return annotation;
    }

    /**
     * The sentences that assert something which the catalogue does not know.
     *
     * @return in reading order
     */
    public List<Sentence> unmatched() {
        return annotations.values().stream()
                .filter(Annotation::isUnmatched)
                .map(Annotation::sentence)
                .toList();
    }

    /**
     * How many assertive sentences came to each outcome, by platform and rival.
     *
     * @return by the label of {@link Verdict.Part}; within it the outcomes that occur; what was not measured is counted with the JVM
     */
    public Map<String, Map<Outcome, Long>> tally() {
        Map<String, Map<Outcome, Long>> tally = new LinkedHashMap<>();
        tally.put(Verdict.Part.label(Platform.JVM, Role.THREADS), new EnumMap<>(Outcome.class));
        for (Platform platform : platforms) {
            for (Role rival : List.of(Role.THREADS, Role.VIRTUAL_THREADS)) {
                if (!platform.mechanisms(rival).isEmpty()) {
                    tally.put(Verdict.Part.label(platform, rival), new EnumMap<>(Outcome.class));
                }
            }
        }
        annotations.values().stream().filter(Annotation::asserts).forEach(annotation -> count(annotation, tally));
        tally.values().removeIf(Map::isEmpty);
        return tally;
    }

    private static void count(Annotation annotation, Map<String, Map<Outcome, Long>> tally) {
        for (Verdict.Part part : annotation.parts()) {
            tally.computeIfAbsent(part.label(), any -> new EnumMap<>(Outcome.class))
                    .merge(part.outcome(), 1L, Long::sum);
        }
        if (annotation.parts().isEmpty()) {
            tally.values().iterator().next().merge(Outcome.NOT_MEASURED, 1L, Long::sum);
        }
    }

    /**
     * "So choose".
     *
     * @return by platform, then workload
     */
    public List<Choice> choices() {
        return choices;
    }

    /**
     * The platforms that have figures.
     *
     * @return the JVM first
     */
    public List<Platform> platforms() {
        return platforms;
    }

    /**
     * Whether the figures are only a hint.
     *
     * @return true for a quick or an interrupted comparison
     */
    public boolean isIndicative() {
        return report.budget().isIndicative() || report.partial();
    }
}
