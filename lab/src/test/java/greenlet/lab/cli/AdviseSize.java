package greenlet.lab.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How much of {@code advise} a proof of its answers runs, by {@code greenlet.proofs}. */
enum AdviseSize {
    DEFAULT(1, 0.4, 32),
    CI(2, 0.4, 32),
    THOROUGH(3, 1, 64);

    static final AdviseSize CHOSEN =
            valueOf(System.getProperty("greenlet.proofs", "default").toUpperCase(Locale.ROOT));

    private final int rounds;
    final double pace;
    /** Calls at once at most where a task waits: twice what it is to reach, or more. */
    final int many;

    AdviseSize(int rounds, double pace, int many) {
        this.rounds = rounds;
        this.pace = pace;
        this.many = many;
    }

    /** Options of the command. The mechanisms are those that matter; {@code THOROUGH} takes all. */
    List<String> options(int most, String mechanisms) {
        String[] always = {
            "--max-concurrency", Integer.toString(most), "--rounds", Integer.toString(rounds), "--call-limit", "30s"
        };
        List<String> options = new ArrayList<>(List.of(always));
        if (this != THOROUGH) {
            options.addAll(List.of("--mechanism", mechanisms));
        }
        return options;
    }
}
