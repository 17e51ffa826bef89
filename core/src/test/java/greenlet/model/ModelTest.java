package greenlet.model;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.OnThread;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random programs of create, switch, throw, return, re-parent and close over up to twenty greenlets and three threads do
 * what the model says, step by step, states and parents included. {@code -Dgreenlet.proofs} says how many programs:
 * {@code default} 20,000, {@code ci} 200,000, {@code thorough} 1,000,000.
 */
@Tag("continuations")
class ModelTest {
    private static final long LEAST = 2_000;
    private static final Duration LONGEST = Duration.ofHours(2);

    @Test
    void programs_fromConsecutiveSeeds_doWhatTheModelSays() {
        long begun = System.nanoTime();
        OnThread.platform(
                LONGEST,
                () -> assertThat(Checker.search(count(), Model.Bug.NONE)).isEmpty());
        System.out.println("model: " + count() + " programs in "
                + Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " s");
    }

    /** They had twelve greenlets at most but for one in a hundred, and never twenty. */
    @Test
    void programs_ofTheLeastNumberOfSeeds_reachTwentyGreenletsAndThreeThreads() {
        List<Program> programs =
                LongStream.range(0, LEAST).mapToObj(Program::random).toList();

        assertThat(share(programs, program -> program.greenlets() >= 12)).isBetween(0.3, 0.4);
        assertThat(share(programs, program -> program.greenlets() == Program.MAX_GREENLETS))
                .isBetween(0.2, 0.3);
        assertThat(share(programs, program -> program.threads() == 1 && program.greenlets() <= 6))
                .isBetween(0.2, 0.5);
        assertThat(share(programs, program -> program.threads() == 2)).isEqualTo(0.2);
        assertThat(share(programs, program -> program.threads() == 3)).isEqualTo(0.1);
        assertThat(share(programs, program -> program.threads() == 3 && program.greenlets() >= 18))
                .isBetween(0.01, 0.05);
    }

    private static double share(List<Program> programs, Predicate<Program> property) {
        return (double) programs.stream().filter(property).count() / programs.size();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void checker_onAModelWithAPlantedBug_findsItAndShrinksTheProgram(Model.Bug bug) {
        OnThread.platform(() -> {
            Optional<String> found = Checker.search(500, bug);
            assertThat(found).isPresent();
            assertThat(found.get().lines().count()).as(found.get()).isLessThan(9);
            assertThat(found.get()).contains("new Program(");
        });
    }

    private static long count() {
        // Strict mode walks the stack at every switch: a tenth there, the whole number without it.
        boolean slow =
                Boolean.getBoolean("greenlet.strict") || "portable".equals(System.getProperty("greenlet.binding"));
        long part = slow ? 10 : 1;
        return switch (System.getProperty("greenlet.proofs", "default")) {
            case "thorough" -> 1_000_000 / part;
            case "ci" -> 200_000 / part;
            default -> 20_000 / part;
        };
    }
}
