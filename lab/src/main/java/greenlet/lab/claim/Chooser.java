package greenlet.lab.claim;

import greenlet.lab.measure.Report;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Computes "so choose" from the answers of a report: nothing in it is known beforehand. Immutable. */
public final class Chooser {
    /** For whom a comparison with one rival came out. */
    private enum Winner {
        GREENLETS,
        RIVAL,
        NOBODY,
        DEPENDS,
        UNKNOWN
    }

    private static final String NOT_MEASURED = "Not measured here.";

    private final Judge judge;

    private Chooser(Judge judge) {
        this.judge = judge;
    }

    /**
     * The choices for every workload, on each platform that the report has figures of.
     *
     * @param report whose figures count
     * @return by platform, then workload
     */
    public static List<Choice> choices(Report report) {
        Chooser chooser = new Chooser(Judge.of(report));
        return chooser.judge.platforms().stream()
                .flatMap(platform ->
                        Arrays.stream(Workload.values()).map(workload -> chooser.choose(workload, platform)))
                .toList();
    }

    private Choice choose(Workload workload, Platform platform) {
        List<Answer> answers = workload.questions().stream()
                .map(question -> judge.answer(question, platform))
                .flatMap(answer -> atSize(answer, workload))
                .filter(Answer::isMeasured)
                .toList();
        if (answers.isEmpty()) {
            return new Choice(workload, platform, NOT_MEASURED, Strength.FOUND, List.of());
        }
        Strength strength =
                Strength.weakest(answers.stream().map(Answer::strength).toList());
        String advice = workload == Workload.SHARED_STATE ? sharing(answers) : between(answers, platform);
        return new Choice(workload, platform, advice, strength, answers);
    }

    /** Many and few are the ends of what was measured; where there is one size only, that is many and not few. */
    private static Stream<Answer> atSize(Answer answer, Workload workload) {
        if (workload != Workload.MANY_TASKS && workload != Workload.FEW_TASKS) {
            return Stream.of(answer);
        }
        Comparator<Finding> bySize = Comparator.comparingDouble(Chooser::tasks);
        List<Finding> sized = answer.findings().stream()
                .filter(finding -> tasks(finding) > 0)
                .sorted(bySize)
                .toList();
        if (sized.isEmpty()) {
            return Stream.empty();
        }
        Finding end = workload == Workload.MANY_TASKS ? sized.getLast() : sized.getFirst();
        boolean onlyOne = tasks(sized.getFirst()) == tasks(sized.getLast());
        return workload == Workload.FEW_TASKS && onlyOne
                ? Stream.empty()
                : Stream.of(Answer.of(answer.question(), answer.platform(), answer.strength(), List.of(end)));
    }

    private static double tasks(Finding finding) {
        return Figures.TASKS.stream()
                .map(name -> finding.parameters().get(name))
                .flatMap(Stream::ofNullable)
                .mapToDouble(Double::parseDouble)
                .findFirst()
                .orElse(0);
    }

    private static String between(List<Answer> answers, Platform platform) {
        List<String> better = new ArrayList<>();
        List<String> clauses = new ArrayList<>();
        for (Role rival : List.of(Role.THREADS, Role.VIRTUAL_THREADS)) {
            String name = platform.label(rival);
            switch (winner(answers, rival)) {
                case RIVAL -> better.add(name);
                case GREENLETS -> clauses.add("better than " + name);
                case NOBODY -> clauses.add("a tie with " + name);
                case DEPENDS -> clauses.add("better or worse than " + name + ", by what counts");
                case UNKNOWN -> {}
            }
        }
        String greenlets = platform.label(Role.GREENLETS);
        if (better.isEmpty()) {
            return capital(greenlets) + ": " + String.join("; ", clauses) + ".";
        }
        String rest = clauses.isEmpty() ? "" : " (which are " + String.join("; ", clauses) + ")";
        return capital(String.join(" or ", better)) + ", rather than " + greenlets + rest + ".";
    }

    private static Winner winner(List<Answer> answers, Role rival) {
        List<Winner> winners = answers.stream()
                .filter(answer -> answer.question().rival() == rival)
                .map(Chooser::winner)
                .distinct()
                .toList();
        if (winners.isEmpty()) {
            return Winner.UNKNOWN;
        }
        // A tie on one count beside a win on another is a win: nothing speaks against it.
        List<Winner> decided =
                winners.stream().filter(each -> each != Winner.NOBODY).toList();
        return switch (decided.size()) {
            case 0 -> Winner.NOBODY;
            case 1 -> decided.getFirst();
            default -> Winner.DEPENDS;
        };
    }

    private static Winner winner(Answer answer) {
        boolean forRival = answer.question().favoursRival();
        return switch (answer.outcome()) {
            case HOLDS -> forRival ? Winner.RIVAL : Winner.GREENLETS;
            case DOES_NOT_HOLD -> forRival ? Winner.GREENLETS : Winner.RIVAL;
            case TIE -> Winner.NOBODY;
            case DEPENDS -> dependsOnSize(answer, forRival);
            case NOT_MEASURED -> Winner.UNKNOWN;
        };
    }

    private static Winner dependsOnSize(Answer answer, boolean forRival) {
        List<Outcome> outcomes =
                answer.findings().stream().map(Finding::outcome).toList();
        if (!outcomes.contains(Outcome.DOES_NOT_HOLD)) {
            return forRival ? Winner.RIVAL : Winner.GREENLETS;
        }
        return outcomes.contains(Outcome.HOLDS) ? Winner.DEPENDS : forRival ? Winner.GREENLETS : Winner.RIVAL;
    }

    private static String sharing(List<Answer> answers) {
        List<String> sentences = new ArrayList<>();
        switch (outcome(answers, Figures.LOST_UPDATES, Role.GREENLETS)) {
            case HOLDS ->
                sentences.add("Greenlets lost no update of an unlocked counter: between two switch points no lock is"
                        + " needed.");
            case DOES_NOT_HOLD, DEPENDS, TIE ->
                sentences.add("Greenlets lost updates of an unlocked counter: lock it.");
            case NOT_MEASURED -> {}
        }
        switch (outcome(answers, Figures.LOST_WITH_CALL, Role.GREENLETS)) {
            case HOLDS, NOT_MEASURED -> {}
            case DOES_NOT_HOLD, DEPENDS, TIE ->
                sentences.add(
                        "With a blocking call between read and write they lost updates too: there keep the lock.");
        }
        switch (outcome(answers, Figures.LOST_UPDATES, Role.THREADS)) {
            case HOLDS, DEPENDS, TIE, DOES_NOT_HOLD ->
                sentences.add(
                        lostAny(answers)
                                ? "Threads lost updates: always lock."
                                : "Threads happened to lose none; lock all the same.");
            case NOT_MEASURED -> {}
        }
        return String.join(" ", sentences);
    }

    private static boolean lostAny(List<Answer> answers) {
        return of(answers, Figures.LOST_UPDATES, Role.THREADS)
                .flatMap(answer -> answer.findings().stream())
                .anyMatch(finding -> finding.figure().high() > 0);
    }

    private static Outcome outcome(List<Answer> answers, Figure figure, Role role) {
        return Outcome.together(of(answers, figure, role).map(Answer::outcome).toList());
    }

    private static Stream<Answer> of(List<Answer> answers, Figure figure, Role role) {
        return answers.stream().filter(answer -> answer.question().measure().equals(new Measure.Level(figure, role)));
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
