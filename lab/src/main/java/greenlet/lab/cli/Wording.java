package greenlet.lab.cli;

import greenlet.lab.plan.Cell;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How cells and times are put into words on the terminal. */
final class Wording {
    private Wording() {}

    static String scenario(Cell cell) {
        String size = size(cell.size().parameters());
        return cell.scenario().name() + (size.isEmpty() ? "" : " (" + size + ")");
    }

    static String cell(Cell cell) {
        return scenario(cell) + " on " + cell.mechanism().name();
    }

    static String size(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + " " + parameter.getValue())
                .collect(Collectors.joining(", "));
    }

    static String minutes(Duration duration) {
        return String.format(Locale.ROOT, "%d:%02d", duration.toMinutes(), duration.toSecondsPart());
    }
}
