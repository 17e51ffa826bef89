package greenlet.lab.cli;

import greenlet.lab.mechanism.Mechanism;
import java.util.List;

/**
 * Which mechanisms of those chosen this machine can run.
 *
 * @param mechanisms those that it can
 * @param reasons why it cannot run the others and what to install, each reason once
 */
record Available(List<Mechanism> mechanisms, List<String> reasons) {
    /** Asks each of them, which may take seconds. */
    static Available of(List<Mechanism> chosen) {
        return new Available(
                chosen.stream()
                        .filter(mechanism -> mechanism.missing().isEmpty())
                        .toList(),
                chosen.stream()
                        .flatMap(mechanism -> mechanism.missing().stream())
                        .distinct()
                        .toList());
    }

    /** All of them, available or not: the cells of those that are not say why. */
    static Available all(List<Mechanism> chosen) {
        return new Available(chosen, List.of());
    }
}
