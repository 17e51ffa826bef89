package greenlet.lab.cli;

import greenlet.lab.claim.Choice;
import greenlet.lab.claim.Chooser;
import greenlet.lab.claim.Strength;
import greenlet.lab.measure.Report;
import greenlet.lab.report.Wrapped;
import java.util.List;
import java.util.Locale;

/** "So choose", in lines for the terminal. */
final class Advice {
    private Advice() {}

    /**
     * A line for each workload and platform that has figures, and more below it if that is longer than the terminal is wide; nothing if none
     * has.
     */
    static String of(Report report, int width) {
        List<Choice> measured =
                Chooser.choices(report).stream().filter(Choice::isMeasured).toList();
        if (measured.isEmpty()) {
            return "";
        }
        boolean indicated = measured.stream().anyMatch(choice -> choice.strength() == Strength.INDICATED);
        StringBuilder text = new StringBuilder(indicated ? "So choose (indicated):\n" : "So choose:\n");
        for (Choice choice : measured) {
            String head = String.format(
                    Locale.ROOT,
                    "  %-6s %-12s  ",
                    choice.platform().label(),
                    choice.workload().label());
            text.append(Wrapped.lines(head, choice.advice(), width));
        }
        return text.toString();
    }
}
