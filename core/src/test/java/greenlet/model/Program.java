package greenlet.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** A program for so many threads; which greenlet does a step depends on the steps before it. */
record Program(int threads, List<Op> ops) {
    /** Besides the main ones. */
    static final int MAX_GREENLETS = 20;

    private static final int MANY = 12;

    /** The program of a seed: one in five for two threads, one in ten for three; the same seed makes the same program. */
    static Program random(long seed) {
        return random(
                seed,
                switch ((int) (seed % 10)) {
                    case 0 -> 3;
                    case 3, 7 -> 2;
                    default -> 1;
                });
    }

    /** One program in three begins with many greenlets and goes on for longer. */
    private static Program random(long seed, int threads) {
        Random random = new Random(seed);
        List<Op> ops = new ArrayList<>();
        boolean many = random.nextInt(3) == 0;
        int first = many ? MANY + random.nextInt(MAX_GREENLETS - MANY + 1) : threads;
        for (int i = 0; i < first; i++) {
            ops.add(new Op.Create(i % threads));
        }
        int known = threads + first;
        int steps = 5 + random.nextInt(many ? 90 : 45);
        for (int i = 0; i < steps; i++) {
            Op op = step(random, random.nextInt(threads), known);
            if (op instanceof Op.Create && known == threads + MAX_GREENLETS) {
                continue;
            }
            known += op instanceof Op.Create ? 1 : 0;
            ops.add(op);
        }
        return new Program(threads, List.copyOf(ops));
    }

    private static Op step(Random random, int thread, int known) {
        int target = random.nextInt(known);
        boolean catches = random.nextInt(3) > 0;
        int dice = random.nextInt(100);
        if (dice < 15) {
            return new Op.Create(thread);
        }
        if (dice < 55) {
            return new Op.Switch(thread, target, random.nextInt(1000), catches);
        }
        if (dice < 67) {
            return new Op.Throw(thread, target, random.nextBoolean(), catches);
        }
        if (dice < 75) {
            return new Op.Return(thread, random.nextInt(1000));
        }
        if (dice < 80) {
            return new Op.Raise(thread, random.nextBoolean());
        }
        if (dice < 92) {
            return new Op.Reparent(thread, target, random.nextInt(known), catches);
        }
        return new Op.Close(thread, target, catches);
    }

    /** How many greenlets it creates, main ones not counted. */
    int greenlets() {
        return (int) ops.stream().filter(Op.Create.class::isInstance).count();
    }

    /** Without the steps of a range. */
    Program without(int from, int to) {
        List<Op> left = new ArrayList<>(ops.subList(0, from));
        left.addAll(ops.subList(to, ops.size()));
        return new Program(threads, left);
    }

    /** The expression that makes it, to paste into a test. */
    String code() {
        return ops.stream()
                .map(op -> "        " + op.code())
                .collect(Collectors.joining(",\n", "new Program(" + threads + ", List.of(\n", "))"));
    }
}
