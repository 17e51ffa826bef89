package greenlet.lab.cli;

import greenlet.lab.claim.Choice;
import greenlet.lab.claim.Chooser;
import greenlet.lab.claim.Strength;
import greenlet.lab.measure.Report;
import java.util.List;
import java.util.Locale;

/** "So choose", in lines for the terminal. */
final class Advice {
    private Advice() {}

    /** A line for each workload and platform that has figures; nothing if none has. */
    static String of(Report report) {
        List<Choice> measured =
                Chooser.choices(report).stream().filter(Choice::isMeasured).toList();
        if (measured.isEmpty()) {
            return "";
        }
        boolean indicated = measured.stream().anyMatch(choice -> choice.strength() == Strength.INDICATED);
        StringBuilder text = new StringBuilder(indicated ? "So choose (indicated):\n" : "So choose:\n");
        for (Choice choice : measured) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-6s %-12s  %s%n",
                    choice.platform().label(),
                    choice.workload().label(),
                    choice.advice()));
        }
        return text.toString();
    }
}
