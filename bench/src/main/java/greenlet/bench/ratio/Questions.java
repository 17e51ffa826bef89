package greenlet.bench.ratio;

import java.util.List;

/** The questions that {@code docs/performance.md} answers, in its order. */
final class Questions {
    static final List<Question> ALL = List.of(
            switching(), depth(), life(), handOver(), hubYield(), watch(), elements(1), elements(10), elements(100));

    private static Question switching() {
        Case floor = Case.of("raw continuation, run + yield", "SwitchBenchmark.ringFloor")
                .with("frames", 1);
        return Question.of("switch", "An explicit switch between two greenlets, against a bare run and yield", floor)
                .promising(Case.of("greenlet switch", "SwitchBenchmark.ring").with("frames", 1), 1.15);
    }

    private static Question depth() {
        Case shallow = ring("greenlet switch, 1 frame beneath", 1);
        return Question.of("depth", "A switch with many frames beneath, against one with a single frame", shallow)
                .against(ring("10 frames", 10))
                .against(ring("100 frames", 100))
                .promising(ring("1,000 frames", 1_000), 1.1);
    }

    private static Case ring(String label, int frames) {
        return Case.of(label, "SwitchBenchmark.ring").with("frames", frames);
    }

    private static Question life() {
        Case floor = Case.of("raw continuation", "LifeBenchmark.lifeFloor");
        return Question.of("life", "Create, run and finish, against a bare continuation's", floor)
                .promising(Case.of("greenlet", "LifeBenchmark.life"), 2.5)
                .against(Case.of("greenlet, suspended once", "LifeBenchmark.lifeSuspended"))
                .against(Case.of("generator of one element", "LifeBenchmark.lifeGenerator"))
                .against(Case.of("Kotlin `launch`", "LifeBenchmark.lifeKotlin"))
                .against(Case.of("virtual thread, start + join", "LifeBenchmark.lifeVirtual"))
                .against(Case.of("platform thread, start + join", "LifeBenchmark.lifePlatform"));
    }

    private static Question hubYield() {
        Case floor = Case.of("virtual threads on a bare loop", "HubYieldBenchmark.floor");
        return Question.of("yield", "A green thread's yield, against the least of schedulers", floor)
                .promising(Case.of("green thread of a hub", "HubYieldBenchmark.hub"), 1.15);
    }

    private static Question watch() {
        Case alone = Case.of("green thread of a hub", "WatchBenchmark.yields").with("limit", 0);
        return Question.of("watch", "A green thread's yield on a watched hub, against one that is not", alone)
                .against(Case.of("of a watched hub, limit 100 ms", "WatchBenchmark.yields")
                        .with("limit", 100));
    }

    private static Question handOver() {
        Case floor = Case.of("raw continuation, run + yield", "SwitchBenchmark.ringFloor")
                .with("frames", 1);
        return Question.of("handover", "Handing control to a task that waits for it", floor)
                .against(Case.of("greenlet switch", "HandOverBenchmark.greenlets"))
                .against(Case.of("Kotlin `yield`", "HandOverBenchmark.kotlinYield"))
                .against(Case.of("Kotlin rendezvous channel, per element", "HandOverBenchmark.kotlinChannel"))
                .against(
                        Case.of("virtual threads, park/unpark, one carrier", "HandOverBenchmark.virtualParkOneCarrier"))
                .against(Case.of("virtual threads, park/unpark", "HandOverBenchmark.virtualPark"))
                .against(Case.of(
                        "virtual threads, `SynchronousQueue`, one carrier, per element",
                        "HandOverBenchmark.virtualQueueOneCarrier"))
                .against(Case.of("virtual threads, `SynchronousQueue`, per element", "HandOverBenchmark.virtualQueue"))
                .against(Case.of("platform threads, park/unpark", "HandOverBenchmark.platformPark"))
                .against(Case.of(
                        "platform threads, `SynchronousQueue`, per element", "HandOverBenchmark.platformQueue"));
    }

    private static Question elements(int depth) {
        return Question.of(
                        "generator-" + depth,
                        "An element of a generator, " + (depth == 1 ? "yielded by its body" : depth + " levels down"),
                        element("raw continuation, run + yield", "floor", depth))
                .against(element("generator, yields " + depth + " calls deep", "calls", depth))
                .against(element("generator, last of " + depth + " that delegate", "links", depth))
                .against(element("Kotlin `sequence`, yields " + depth + " calls deep", "kotlinCalls", depth))
                .against(element("Kotlin `sequence`, last of " + depth + " by `yieldAll`", "kotlinLinks", depth))
                .against(element("iterator written by hand", "byHand", depth));
    }

    private static Case element(String label, String method, int depth) {
        return Case.of(label, "GeneratorBenchmark." + method).with("depth", depth);
    }

    private Questions() {}
}
