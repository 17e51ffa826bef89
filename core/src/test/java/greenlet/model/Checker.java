package greenlet.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Compares real runs with the model, and makes a failing program small. */
final class Checker {
    private Checker() {}

    /** Where the real run and the model differ first. */
    static Optional<String> difference(Program program, Model.Bug bug) {
        List<String> expected = Model.run(program, bug);
        List<String> actual = Machine.run(program);
        for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            String wanted = i < expected.size() ? expected.get(i) : "nothing more";
            String got = i < actual.size() ? actual.get(i) : "nothing more";
            if (!wanted.equals(got)) {
                return Optional.of("line " + i + ": the model says '" + wanted + "', the run '" + got + "'");
            }
        }
        return Optional.empty();
    }

    /** Leaves out ever smaller ranges of steps for as long as the program still fails. */
    static Program shrink(Program failing, Predicate<Program> fails) {
        Program smallest = failing;
        for (int size = failing.ops().size() / 2; size > 0; size = nextSize(size)) {
            for (int from = 0; from + size <= smallest.ops().size(); ) {
                Program candidate = smallest.without(from, from + size);
                if (!candidate.ops().isEmpty() && fails.test(candidate)) {
                    smallest = candidate;
                } else {
                    from++;
                }
            }
        }
        return smallest;
    }

    private static int nextSize(int size) {
        return size == 1 ? 0 : Math.max(1, size / 2);
    }

    /** Runs programs from so many seeds; returns the first failure, shrunk and as code. */
    static Optional<String> search(long seeds, Model.Bug bug) {
        for (long seed = 0; seed < seeds; seed++) {
            Program program = Program.random(seed);
            Optional<String> first = difference(program, bug);
            if (first.isPresent()) {
                Program small =
                        shrink(program, candidate -> difference(candidate, bug).isPresent());
                String shown = difference(small, bug).orElse("not every time, at first " + first.get());
                return Optional.of("seed " + seed + ", " + shown + "\n" + small.code());
            }
        }
        return Optional.empty();
    }
}
