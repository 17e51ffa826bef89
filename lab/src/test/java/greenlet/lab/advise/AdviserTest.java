package greenlet.lab.advise;

import static greenlet.lab.advise.PlantedFindings.MIB;
import static greenlet.lab.advise.PlantedFindings.WAITING;
import static greenlet.lab.advise.PlantedFindings.code;
import static greenlet.lab.advise.PlantedFindings.demand;
import static greenlet.lab.advise.PlantedFindings.numbers;
import static greenlet.lab.advise.PlantedFindings.rising;
import static greenlet.lab.advise.PlantedFindings.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.measure.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same code with other figures says something else. */
class AdviserTest {
    private static final Profile COMPUTING = new Profile(10e6, 10e6, 0, 9_000_000, null);

    @Test
    void advise_oneIsFaster_takesItAndSaysByHowMuch() {
        Advice advice = Adviser.advise(code(
                WAITING,
                rising(Way.GREENLETS, 50, 4_000, 512, 60 * MIB),
                rising(Way.VIRTUAL_THREADS, 50, 8_000, 512, 60 * MIB)));
        assertThat(advice.outcome()).isEqualTo(Advice.Outcome.CHOICE);
        assertThat(advice.way()).contains(Way.VIRTUAL_THREADS);
        assertThat(advice.concurrency()).isEqualTo(256);
        assertThat(advice.sentence())
                .isEqualTo("Take virtual threads, 256 calls at once: 8,000 calls/s in 60 MiB,"
                        + " 2 times what greenlets on one hub do.");
        assertThat(advice.figures()).hasSize(3);
        assertThat(advice.figures().getFirst().decides()).isTrue();
        assertThat(advice.breakEvens())
                .anySatisfy(text -> assertThat(text)
                        .contains("virtual threads are ahead of greenlets on one hub from 128 at once on")
                        .contains("with fewer there is no difference"));
        assertThat(advice.changes())
                .anySatisfy(text -> assertThat(text).contains("Never more than 4,000 calls/s: one hub would do"));
        assertThat(advice.confidence().level()).isEqualTo(Advice.Confidence.Level.HIGH);
    }

    /** It was said that there is no difference below, where the other does twice as much. */
    @Test
    void advise_curvesThatCross_saysThatTheRivalIsAheadBelow() {
        Advice advice = Adviser.advise(code(
                WAITING,
                rising(Way.GREENLETS, 100, 4_000, 512, 60 * MIB),
                rising(Way.VIRTUAL_THREADS, 50, 8_000, 512, 60 * MIB)));
        assertThat(advice.way()).contains(Way.VIRTUAL_THREADS);
        assertThat(advice.breakEvens())
                .contains("Measured: virtual threads are ahead of greenlets on one hub from 128 at once on (6,400"
                        + " against 4,000 calls/s); below, greenlets on one hub are ahead (4,000 against 3,200"
                        + " calls/s at 64).");
    }

    @Test
    void advise_curvesThatCrossTwice_saysThatItVariesBelow() {
        List<Point> points = new ArrayList<>(
                rising(Way.VIRTUAL_THREADS, 50, 8_000, 512, 60 * MIB).points());
        points.set(0, PlantedFindings.point(1, 200, 5, 60 * MIB));
        Point best = points.get(8);
        Curve wavering = new Curve(
                Way.VIRTUAL_THREADS, Status.MEASURED, null, 40 * MIB, points, List.of(best, best, best), List.of());
        Advice advice = Adviser.advise(code(WAITING, rising(Way.GREENLETS, 100, 4_000, 512, 60 * MIB), wavering));
        assertThat(advice.breakEvens())
                .anySatisfy(text -> assertThat(text)
                        .startsWith("Measured: virtual threads are ahead of greenlets on one hub from 128 at once on")
                        .endsWith("; with fewer that varies."));
    }

    @Test
    void advise_theOtherIsFaster_takesTheOther() {
        Advice advice = Adviser.advise(code(
                WAITING,
                rising(Way.GREENLETS, 50, 8_000, 512, 60 * MIB),
                rising(Way.VIRTUAL_THREADS, 50, 4_000, 512, 60 * MIB)));
        assertThat(advice.way()).contains(Way.GREENLETS);
        assertThat(advice.recipe()).isNotNull();
    }

    @Test
    void advise_allAlike_saysNoDifferenceAndTakesTheSimplest() {
        Advice few = Adviser.advise(code(
                COMPUTING,
                rising(Way.GREENLETS_PER_CORE, 100, 200, 8, 60 * MIB),
                rising(Way.VIRTUAL_THREADS, 100, 205, 8, 60 * MIB),
                rising(Way.PLATFORM_THREADS, 100, 202, 8, 60 * MIB)));
        assertThat(few.outcome()).isEqualTo(Advice.Outcome.NO_DIFFERENCE);
        assertThat(few.way()).contains(Way.PLATFORM_THREADS);
        assertThat(few.sentence()).startsWith("No difference that counts").contains("take platform threads, 2 calls");

        Advice many = Adviser.advise(code(
                WAITING,
                rising(Way.VIRTUAL_THREADS, 50, 20_000, 1024, 60 * MIB),
                rising(Way.PLATFORM_THREADS, 50, 20_000, 1024, 60 * MIB)));
        assertThat(many.way()).contains(Way.VIRTUAL_THREADS);
    }

    @Test
    void advise_asFastButLarger_decidesByMemory() {
        Advice advice = Adviser.advise(code(
                WAITING,
                rising(Way.VIRTUAL_THREADS, 50, 20_000, 1024, 60 * MIB),
                rising(Way.PLATFORM_THREADS, 50, 20_000, 1024, 400 * MIB)));
        assertThat(advice.outcome()).isEqualTo(Advice.Outcome.CHOICE);
        assertThat(advice.way()).contains(Way.VIRTUAL_THREADS);
        assertThat(advice.sentence()).contains("where platform threads need 6.7 times the memory");
        assertThat(advice.figures())
                .filteredOn(Figure::decides)
                .extracting(Figure::name)
                .containsExactly("memory");
        assertThat(advice.breakEvens())
                .anySatisfy(
                        text -> assertThat(text).contains("Calculated: a caller on platform threads costs 360 KiB"));
    }

    @Test
    void advise_raceElsewhere_takesTheOneHubAlthoughItIsSlower() {
        Advice advice = Adviser.advise(code(
                WAITING,
                rising(Way.GREENLETS, 50, 4_000, 512, 60 * MIB),
                rising(Way.VIRTUAL_THREADS, 50, 8_000, 512, 60 * MIB, "field hits is 1,987 instead of 2,000")));
        assertThat(advice.way()).contains(Way.GREENLETS);
        assertThat(advice.sentence())
                .contains("The code as it is races on virtual threads: field hits is 1,987 instead of 2,000.");
        assertThat(advice.figures().getFirst().name()).isEqualTo("result");
        assertThat(advice.changes())
                .anySatisfy(text -> assertThat(text).contains("A lock around what is shared: then virtual threads"));
    }

    /** Each JVM would have its own hits: no race can show there, and none is right. */
    @Test
    void advise_raceElsewhereAndProcessesAreFaster_takesTheOneHub() {
        Curve hub = rising(Way.GREENLETS, 100, 100, 4, 60 * MIB);
        Curve processes = rising(Way.PROCESSES, 100, 200, 4, 90 * MIB);
        Curve threads = rising(
                Way.PLATFORM_THREADS, 100, 200, 4, 60 * MIB, "the sum over the results is 1,987 instead of 2,000");
        Advice advice = Adviser.advise(code(COMPUTING, hub, threads, processes));
        assertThat(advice.way()).contains(Way.GREENLETS);
        assertThat(advice.sentence())
                .startsWith("Take greenlets on one hub")
                .contains("with the right result")
                .doesNotContain("processes");
        assertThat(advice.figures().getFirst().text()).contains("processes divided: a part in each JVM");
        assertThat(advice.changes())
                .anySatisfy(text -> assertThat(text).contains("A lock around what is shared: then platform threads"))
                .noneSatisfy(text -> assertThat(text).contains("processes"));

        Curve racing = rising(Way.GREENLETS, 100, 100, 4, 60 * MIB, "the sum over the results is 7 instead of 2,000");
        assertThat(Adviser.advise(code(COMPUTING, racing, processes)).way())
                .as("nothing is right")
                .contains(Way.GREENLETS);
    }

    @Test
    void advise_raceThatShowedOnOneOfTheParallelOnly_trustsNoneOfThem() {
        Advice advice = Adviser.advise(code(
                WAITING,
                rising(Way.GREENLETS, 50, 4_000, 512, 60 * MIB),
                rising(Way.VIRTUAL_THREADS, 50, 8_000, 512, 60 * MIB),
                rising(Way.PLATFORM_THREADS, 50, 4_000, 512, 60 * MIB, "field booked is 2,842 instead of 2,850")));
        assertThat(advice.way()).contains(Way.GREENLETS);
        assertThat(advice.sentence())
                .contains("4,000 calls/s in 60 MiB, with the right result.")
                .endsWith("races on platform threads: field booked is 2,842 instead of 2,850."
                        + " What runs in parallel is no safer where it did not show: virtual threads.");
        assertThat(advice.figures().getFirst().text()).contains("virtual threads right by luck: parallel, too");
        assertThat(advice.changes())
                .anySatisfy(text -> assertThat(text).contains("A lock around what is shared: then virtual threads"));
    }

    @Test
    void advise_raceOnTheHubToo_isNoGroundForIt() {
        Advice advice = Adviser.advise(code(
                WAITING,
                rising(Way.GREENLETS, 50, 4_000, 512, 60 * MIB, "field sum is 7 instead of 57"),
                rising(Way.VIRTUAL_THREADS, 50, 8_000, 512, 60 * MIB)));
        assertThat(advice.way()).contains(Way.VIRTUAL_THREADS);
        assertThat(advice.sentence()).contains("races on greenlets on one hub: field sum is 7 instead of 57.");
    }

    @Test
    void advise_callsThatFillTheCore_saysSoByWhatTheyComputeUnderLoad() {
        Profile cold = new Profile(23e6, 0.9e6, 0, 1_000_000, null); // computes four times as long as under load
        Advice advice = Adviser.advise(code(cold, rising(Way.GREENLETS, 50, 4_000, 512, 60 * MIB)));
        assertThat(advice.changes())
                .anySatisfy(text -> assertThat(text).contains("More than about 5,000 calls/s"))
                .anySatisfy(text -> assertThat(text)
                        .contains("Calls that compute less: at 200 µs each, 128 at once fill the core that it has"));
    }

    @Test
    void advise_callsThatWriteSharedFieldsAndShowNoRace_saysThatThisProvesLittle() {
        List<Curve> curves = List.of(
                rising(Way.GREENLETS, 50, 4_000, 512, 60 * MIB), rising(Way.VIRTUAL_THREADS, 50, 8_000, 512, 60 * MIB));
        Findings nothing = code(WAITING, curves.toArray(Curve[]::new));
        Findings written = new Findings(
                nothing.subject(),
                nothing.demand(),
                2,
                WAITING,
                List.of("field booked", "the sum over the results"),
                curves,
                List.of(),
                null,
                0.1);
        assertThat(Adviser.advise(written).changes())
                .anySatisfy(text -> assertThat(text)
                        .startsWith("Calls write what they share (field booked).")
                        .endsWith("one hub is right by construction, and virtual threads are by luck."));
        assertThat(Adviser.advise(nothing).changes())
                .noneSatisfy(text -> assertThat(text).contains("by construction"));
    }

    @Test
    void advise_intervalsThatOverlap_areNoDifference() {
        Curve steady = rising(Way.VIRTUAL_THREADS, 50, 4_000, 512, 60 * MIB);
        Curve wild = rising(Way.PLATFORM_THREADS, 50, 6_000, 512, 60 * MIB);
        Point low = PlantedFindings.point(128, 3_000, 20, 60 * MIB);
        Curve wilder = new Curve(
                wild.way(),
                Status.MEASURED,
                null,
                wild.baseBytes(),
                wild.points(),
                List.of(wild.best().getFirst(), low, low),
                List.of());
        Advice advice = Adviser.advise(code(WAITING, steady, wilder));
        assertThat(advice.outcome()).isEqualTo(Advice.Outcome.NO_DIFFERENCE);
    }

    @Test
    void advise_measuredOnce_isOfLowConfidence() {
        Curve once = rising(Way.VIRTUAL_THREADS, 50, 8_000, 512, 60 * MIB);
        Curve single = new Curve(
                once.way(),
                Status.MEASURED,
                null,
                once.baseBytes(),
                once.points(),
                List.of(once.best().getFirst()),
                List.of());
        Advice advice = Adviser.advise(code(WAITING, single));
        assertThat(advice.confidence().level()).isEqualTo(Advice.Confidence.Level.LOW);
        assertThat(advice.confidence().reasons())
                .containsExactly("the decisive figures were measured once: give more --rounds or more --max-time");
    }

    @Test
    void advise_numbers_takesTheHighestRateWithinTheLimits() {
        Advice advice = Adviser.advise(PlantedFindings.of(
                numbers(10_000, false, 0),
                demand(512 * MIB, 50_000_000L),
                WAITING,
                List.of(
                        upTo(Way.GREENLETS, 10_000, 4_700, 80 * MIB),
                        upTo(Way.GREENLETS_PER_CORE, 10_000, 9_500, 80 * MIB),
                        upTo(Way.VIRTUAL_THREADS, 10_000, 9_500, 80 * MIB))));
        assertThat(advice.way()).contains(Way.VIRTUAL_THREADS);
        assertThat(advice.sentence())
                .isEqualTo("Take virtual threads for the 10,000 connections: 9,110 requests/s with p99 within 50 ms"
                        + " in 80 MiB, 2.3 times what greenlets on one hub do. Greenlets on a hub per core do as"
                        + " well.");
        assertThat(advice.breakEvens())
                .anySatisfy(text ->
                        assertThat(text).contains("up to 4,050 requests/s greenlets on one hub will do as well"));
    }

    @Test
    void advise_numbersWithARate_doesNotAskForMoreThanThat() {
        Advice advice = Adviser.advise(PlantedFindings.of(
                numbers(10_000, true, 800),
                demand(512 * MIB, 50_000_000L),
                WAITING,
                List.of(
                        upTo(Way.GREENLETS, 10_000, 1_000, 80 * MIB),
                        upTo(Way.VIRTUAL_THREADS, 10_000, 9_500, 80 * MIB))));
        assertThat(advice.outcome()).isEqualTo(Advice.Outcome.NO_DIFFERENCE);
        assertThat(advice.way()).as("shared state and no difference").contains(Way.GREENLETS);
    }

    @Test
    void advise_nothingFits_saysWhatEachLacks() {
        Curve large = new Curve(
                Way.PLATFORM_THREADS,
                Status.MEASURED,
                "hold 900 MiB, more than the limit",
                40 * MIB,
                List.of(PlantedFindings.point(10_000, 800.0, 800, 22, 900 * MIB)),
                List.of(),
                List.of());
        Advice advice = Adviser.advise(
                PlantedFindings.of(numbers(10_000, false, 0), demand(512 * MIB, 50_000_000L), WAITING, List.of(large)));
        assertThat(advice.outcome()).isEqualTo(Advice.Outcome.NONE_FITS);
        assertThat(advice.way()).isEmpty();
        assertThat(advice.sentence())
                .isEqualTo("None of the mechanisms keeps to what is demanded: platform threads hold 900 MiB, more"
                        + " than the limit.");
        assertThat(advice.breakEvens())
                .anySatisfy(text -> assertThat(text).contains("so that 512 MiB hold about 5,490 of them"));
        assertThat(advice.confidence().level()).isEqualTo(Advice.Confidence.Level.LOW);
        assertThat(advice.figures())
                .containsExactly(
                        new Figure("throughput", "platform threads 800 requests/s of 800", false),
                        new Figure("memory, where 512 MiB are allowed", "platform threads 900 MiB", true),
                        new Figure("p99, where 50 ms are allowed", "platform threads 22 ms", false));
    }

    @Test
    void advise_nothingFitsForOtherReasons_theFiguresSayWhich() {
        Curve slow = lacking(Way.GREENLETS, PlantedFindings.point(100, 800.0, 310, 22, 60 * MIB));
        Curve late = lacking(Way.VIRTUAL_THREADS, PlantedFindings.point(100, 800.0, 800, 75, 60 * MIB));
        Advice advice = Adviser.advise(
                PlantedFindings.of(numbers(100, false, 0), demand(null, 50_000_000L), WAITING, List.of(slow, late)));
        assertThat(advice.figures())
                .containsExactly(
                        new Figure(
                                "throughput",
                                "greenlets on one hub 310 requests/s of 800; virtual threads 800 requests/s of 800",
                                true),
                        new Figure("memory", "greenlets on one hub 60 MiB; virtual threads 60 MiB", false),
                        new Figure(
                                "p99, where 50 ms are allowed",
                                "greenlets on one hub 22 ms; virtual threads 75 ms",
                                true));
    }

    private static Curve lacking(Way way, Point point) {
        return new Curve(way, Status.MEASURED, null, 40 * MIB, List.of(point), List.of(), List.of());
    }

    @Test
    void advise_nothingMeasured_hasNoFigures() {
        Advice advice = Adviser.advise(code(WAITING, Curve.without(Way.GREENLETS, Status.FAILED, "it gave no figure")));
        assertThat(advice.outcome()).isEqualTo(Advice.Outcome.NO_ADVICE);
        assertThat(advice.figures()).isEmpty();
    }

    @Test
    void character_callThatComputesOnAPool_saysSo() {
        Profile parallel = new Profile(10e6, 19e6, 0, 1_000_000, null);
        assertThat(Adviser.character(code(parallel, rising(Way.PLATFORM_THREADS, 50, 100, 8, 60 * MIB))))
                .containsExactly("A call takes 10 ms: it is blocked for 0 % of that and computes for 19 ms, on several"
                        + " threads.");
    }

    @Test
    void character_callThatHoldsSiblingsUp_saysWhereAndHowLong() {
        Profile rude = new Profile(30e6, 30e6, 0.5, 28_000_000, "com.acme.MyTask.run(MyTask.java:12)");
        assertThat(Adviser.character(code(rude, rising(Way.GREENLETS, 50, 100, 8, 60 * MIB))))
                .containsExactly(
                        "A call takes 30 ms: it is blocked for 0 % of that and computes for 30 ms.",
                        "It blocks the thread that carries a hub (file, console, name look-up, native code) 0.5 times a"
                                + " call: the hub hands over to another, which costs some 20 µs and a millisecond of"
                                + " waiting.",
                        "It does not cooperate: a sibling on the same hub waits up to 28 ms for it, in"
                                + " com.acme.MyTask.run(MyTask.java:12).");
    }
}
