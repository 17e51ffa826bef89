package greenlet.lab.claim;

import greenlet.lab.article.Post;
import greenlet.lab.article.Sentence;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code docs/claims.md}, printed from the catalogue: a row for each sentence of the article, then each claim with the words that make it.
 *
 * <p>The paraphrase of a sentence is the sentence of our own post at the same place. Immutable.
 */
public final class ClaimsPage {
    private static final String HEAD = """
        # Claims

        This page is printed from the catalogue (`greenlet.lab.claim.Claims`), and a test fails if it is not: run
        `mvn test -pl lab -am -Dtest=ClaimsPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dgreenlet.docs=write` to print it anew.
        Bounds and margins stand here before anything is measured.

        How a verdict is reached:

        - A **ratio** of two medians carries an interval: from six samples a side on the 95 % bootstrap of the ratio of medians (seeded), with
          fewer the widest quotient of the two intervals. The claim *holds* if the whole interval lies at the margin or beyond, and *does not
          hold* if the whole interval lies at the inverse of the margin or beyond; anything between is a *tie*. So noise has to move a ratio by
          the square of the margin to turn one into the other.
        - A figure of a single sample has no interval, and nobody knows its noise: its ratio must pass the square of the margin.
        - A **level** or a **growth** has two bounds of its own. What lies between them *depends*. What one case proves, such as a
          lost update, is not refuted by not being seen: then it *depends* as well.
        - Growth over workers needs cores that are free. Processes, which need nothing of each other, are the control: if not even they
          reach 1.5 times the throughput, the machine had no core to spare, and growth is *not measured here*.
        - Sizes, scenarios and rivals that differ make *depends*; what has no figures is *not measured here*.
        - Verdicts are per platform (JVM, Python); *threads* are platform threads on the JVM and `threading` in Python, and speed is judged
          against virtual threads as well. For Python's greenlets the figures are those of greenlet, and gevent's where greenlet has none.
        - With `--quick`, in a report that was interrupted, or with fewer than three samples a verdict only *indicates*.

        ## Sentences of the article

        The article's text is not ours to ship: a sentence is named by section and position, in our own words. `tldr` is the front matter's
        summary; the sections are 1 Introduction, 2 What they are, 3 Performance, 4 Use cases, 5 Conclusion.

        | Section | Position | In our words | Kind | Rules (below, by claim) | Runs and margins |
        |---|---|---|---|---|---|
        """;

    private static final String CLAIMS = """

        ## Claims

        A sentence makes a claim if one of the claim's patterns is in it: a regular expression over the sentence in lower case, in which `…` stands
        for up to 160 characters that do not change the subject, and which a *not* between its words voids.

        """;

    private ClaimsPage() {}

    /**
     * The page.
     *
     * @return Markdown
     */
    public static String render() {
        String sentences =
                Post.standard().sentences().stream().map(ClaimsPage::row).collect(Collectors.joining());
        String claims = Claims.all().stream().map(ClaimsPage::entry).collect(Collectors.joining("\n"));
        return HEAD + sentences + CLAIMS + claims;
    }

    private static String row(Sentence sentence) {
        List<Claim> claims = Annotator.claims(sentence);
        String kinds = claims.isEmpty()
                ? "background (asserts nothing)"
                : claims.stream().map(claim -> claim.kind().label()).distinct().collect(Collectors.joining(", "));
        String links = claims.stream()
                .map(claim -> "[%1$s](#%1$s)".formatted(claim.id()))
                .collect(Collectors.joining(", "));
        String rules = claims.stream()
                .flatMap(claim -> Judge.questions(claim).stream())
                .map(question -> "`%s` %s".formatted(question.runs(), question.margin()))
                .distinct()
                .collect(Collectors.joining(", "));
        String section = sentence.isTldr() ? Sentence.TLDR : String.valueOf(sentence.sectionNumber());
        return "| %s | %d | %s | %s | %s | %s |\n"
                .formatted(section, sentence.position(), sentence.text(), kinds, links, rules.isEmpty() ? "–" : rules);
    }

    private static String entry(Claim claim) {
        StringBuilder text =
                new StringBuilder("### %s\n\n%s *%s*\n\n".formatted(claim.id(), claim.statement(), how(claim)));
        for (Question question : claim.questions()) {
            text.append("- `%s`: %s\n".formatted(question.runs(), question.rule()));
        }
        claim.phrases().forEach(phrase -> text.append("- said as `%s`\n".formatted(phrase)));
        if (claim.unless() != null) {
            text.append("- but not with `%s` in it\n".formatted(claim.unless()));
        }
        return text.toString();
    }

    private static String how(Claim claim) {
        if (!claim.restsOn().isEmpty()) {
            return "Measured: rests on " + String.join(" and ", claim.restsOn()) + ".";
        }
        return switch (claim.kind()) {
            case MEASURED -> "Measured.";
            case EXAMPLE -> "Shown by `./greenlet example " + claim.shownBy().orElseThrow() + "`.";
            case DEFINITION -> "Definition.";
            case BACKGROUND -> "Background.";
        };
    }
}
