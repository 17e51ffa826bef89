package greenlet.bench.ratio;

import java.util.List;

/** The questions that {@code docs/performance.md} answers, in its order. */
final class Questions {
    static final List<Question> ALL = List.of(
            Question.of(
                            "switch",
                            "An explicit switch between two greenlets, against a bare run and yield",
                            Case.of("raw continuation, run + yield", "SwitchBenchmark.ringFloor")
                                    .with("frames", 1))
                    .promising(
                            Case.of("greenlet switch", "SwitchBenchmark.ring").with("frames", 1), 1.15),
            Question.of(
                            "depth",
                            "A switch with many frames beneath, against one with a single frame",
                            Case.of("greenlet switch, 1 frame", "SwitchBenchmark.ring")
                                    .with("frames", 1))
                    .against(Case.of("10 frames", "SwitchBenchmark.ring").with("frames", 10))
                    .against(Case.of("100 frames", "SwitchBenchmark.ring").with("frames", 100))
                    .promising(Case.of("1,000 frames", "SwitchBenchmark.ring").with("frames", 1000), 1.1),
            Question.of(
                            "life",
                            "Create, run and finish, against a bare continuation's",
                            Case.of("raw continuation", "LifeBenchmark.lifeFloor"))
                    .promising(Case.of("greenlet", "LifeBenchmark.life"), 2.5));

    private Questions() {}
}
