package greenlet.lab.report.html;

import greenlet.lab.claim.Answer;
import greenlet.lab.claim.Claim;
import greenlet.lab.claim.Figure;
import greenlet.lab.claim.Kind;
import greenlet.lab.claim.Outcome;
import greenlet.lab.claim.Platform;
import greenlet.lab.claim.Strength;
import greenlet.lab.claim.Verdict;
import greenlet.lab.report.plot.Evidences;
import greenlet.lab.report.plot.Plots;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What stands beside a sentence: each of its claims, the verdicts on it, the figures, and links to their plots. Immutable. */
final class Evidence {
    private final Set<String> plots;

    Evidence(Set<String> plots) {
        this.plots = plots;
    }

    String badge(Outcome outcome, Strength strength, String before) {
        String words = strength.words(outcome);
        return "<span class=\"badge %s\"><span aria-hidden=\"true\">%s</span> %s%s</span>"
                .formatted(
                        css(outcome),
                        outcome.symbol(),
                        before.isEmpty() ? "" : Html.escape(before) + ": ",
                        Html.escape(words));
    }

    private static String css(Outcome outcome) {
        return switch (outcome) {
            case HOLDS -> "holds";
            case DOES_NOT_HOLD -> "fails";
            case DEPENDS -> "depends";
            case TIE -> "tie";
            case NOT_MEASURED -> "unmeasured";
        };
    }

    /** A claim with its verdicts. */
    String claim(Verdict verdict) {
        Claim claim = verdict.claim();
        StringBuilder out = new StringBuilder("<div class=\"claim\"><p>%s <span class=\"kind\">%s</span></p>"
                .formatted(Html.escape(claim.statement()), Html.escape(kind(claim))));
        List<Verdict.Part> parts = verdict.parts();
        if (!parts.isEmpty()) {
            out.append("<ul>");
            parts.forEach(part -> out.append("<li>")
                    .append(badge(part.outcome(), part.strength(), part.label()))
                    .append(' ')
                    .append(figures(verdict, part))
                    .append("</li>"));
            out.append("</ul>");
        } else if (claim.kind() == Kind.MEASURED) {
            out.append("<p class=\"reason\">Not measured here: %s.</p>".formatted(Html.escape(reasons(verdict))));
        }
        return out.append("</div>\n").toString();
    }

    private static String kind(Claim claim) {
        return claim.shownBy()
                .map(name -> claim.kind().label() + ": ./greenlet example " + name)
                .orElse(claim.kind().label());
    }

    private static String reasons(Verdict verdict) {
        return verdict.answers().stream()
                .filter(answer -> answer.platform() == Platform.JVM)
                .map(Answer::reason)
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private String figures(Verdict verdict, Verdict.Part part) {
        Map<String, List<Answer>> bySubject = verdict.answers(part).stream()
                .collect(Collectors.groupingBy(Evidences::subject, LinkedHashMap::new, Collectors.toList()));
        return bySubject.entrySet().stream()
                .map(each -> Html.escape(each.getKey()) + ": "
                        + each.getValue().stream().map(this::figure).collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }

    private String figure(Answer answer) {
        return link(answer) + " " + Html.escape(Evidences.figures(answer));
    }

    private String link(Answer answer) {
        Figure figure = answer.question().measure().figure();
        String id = Plots.id(figure.scenario(), figure.name());
        String name = Html.escape(figure.scenario() + " " + figure.name());
        return plots.contains(id) ? "<a href=\"#%s\">%s</a>".formatted(id, name) : name;
    }

    /** One answer, as "so choose" shows what it rests on. */
    String because(Answer answer) {
        return Html.escape(Evidences.subject(answer)) + ": " + figure(answer) + " "
                + badge(answer.outcome(), answer.strength(), "");
    }
}
