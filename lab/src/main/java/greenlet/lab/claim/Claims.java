package greenlet.lab.claim;

import static greenlet.lab.claim.Question.greenletsNeed;
import static greenlet.lab.claim.Question.grows;
import static greenlet.lab.claim.Question.level;
import static greenlet.lab.claim.Question.reaches;
import static greenlet.lab.claim.Question.threadsNeed;
import static greenlet.lab.claim.Question.virtualThreadsNeed;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The catalogue. A claim is a line or two here, and {@code docs/claims.md} is printed from it.
 *
 * <p>Margins: a speed counts as different from {@link #SPEED} on, memory from {@link #MEMORY} on. The bar has its mirror image on the other
 * side, so between <i>holds</i> and <i>does not hold</i> a ratio has to move by the margin squared. Immutable.
 */
public final class Claims {
    /** A quarter: what a user might notice, and more than two comparisons of one machine differ. */
    static final double SPEED = 1.25;

    /** Memory is counted in pages and chunks: less than half as much again is no difference. */
    static final double MEMORY = 1.5;

    /** A stall is a matter of time slices, which are coarse: twice as long is longer. */
    static final double STALL = 2;

    /** A second worker that is worth its core brings at least this; one that only shares a core brings almost nothing. */
    static final Bar USES_CORES = new Bar(1.5, 1.15);

    private static final Bar USES_ONE_CORE = new Bar(1.15, 1.5);
    /** Races come and go with the machine's state: one that was not seen is not refuted. */
    private static final Bar SOME = Bar.seen(1, true);

    private static final Bar DIFFERS = Bar.seen(0.9, false);
    private static final Bar NONE = new Bar(0, 1);

    private static final List<Claim> ALL =
            Stream.of(nature(), speed(), cost(), uses()).flatMap(List::stream).toList();

    private Claims() {}

    /**
     * Every claim.
     *
     * @return in the order of the article
     */
    public static List<Claim> all() {
        return ALL;
    }

    /**
     * Finds a claim.
     *
     * @param id of the claim
     * @return empty if there is none of that id
     */
    public static Optional<Claim> find(String id) {
        return ALL.stream().filter(claim -> claim.id().equals(id)).findFirst();
    }

    static Claim require(String id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("No claim '" + id + "' in the catalogue."));
    }

    private static List<Claim> nature() {
        return List.of(
                Claim.unmeasured("language", "Python is an interpreted language of many uses.", Kind.BACKGROUND)
                        .saidAs("python … interpreted"),
                Claim.unmeasured("concurrency-feature", "Concurrency is one of Python's features.", Kind.BACKGROUND)
                        .saidAs("features? … concurren"),
                Claim.shown("mechanisms", "There are threads, processes and coroutines.", "fan-out")
                        .saidAs("threads, processes,? and coroutines"),
                Claim.shown("concurrency", "Greenlets and threads both give concurrency.", "fan-out")
                        .saidAs("both … concurren"),
                Claim.resting("different-uses", "They are good for different things.", "io-bound", "cpu-bound")
                        .saidAs("differ(?:ent)? … (?:use cases|uses|purpose|good for)\\b"),
                Claim.unmeasured("one-process", "Greenlets run within one process.", Kind.DEFINITION)
                        .saidAs(
                                "greenlets? … (?:single|one|same) process",
                                "greenlets? … threads?,? (?:because|since) they … (?:single|one|same) process"),
                Claim.measured(
                                "not-parallel",
                                "Greenlets run nothing in parallel.",
                                grows(Figures.VIDEO, Role.GREENLETS, Figures.WORKERS, USES_ONE_CORE),
                                grows(Figures.SCIENCE, Role.GREENLETS, Figures.WORKERS, USES_ONE_CORE))
                        .saidAs("greenlets? … not … parallel", "greenlets? … nothing in parallel"),
                Claim.shown("coroutine", "A greenlet is a coroutine.", "generator")
                        .saidAs("greenlets? … coroutine"),
                Claim.shown("cooperative", "Greenlets hand control to each other.", "ping-pong")
                        .saidAs("greenlets? … cooperat", "cooperative multitasking"),
                Claim.measured(
                                "control",
                                "A program of greenlets decides when tasks switch, and repeats its trace; threads do"
                                        + " not.",
                                level(Figures.REPEATED, Role.GREENLETS, new Bar(1, 0.99)),
                                level(Figures.REPEATED, Role.THREADS, DIFFERS),
                                level(Figures.REPEATED, Role.VIRTUAL_THREADS, DIFFERS))
                        .saidAs("control over … switch", "in charge of when"),
                Claim.unmeasured("thread", "A thread runs beside the main program in its process.", Kind.DEFINITION)
                        .saidAs("threads? … (?:subprocess|unit of execution)"),
                Claim.unmeasured("own-code", "A thread executes code of its own.", Kind.DEFINITION)
                        .saidAs("threads? (?:runs?|executes?) … (?:own code|code of its own)"),
                Claim.unmeasured("same-memory", "Greenlets share one memory; so do threads.", Kind.DEFINITION)
                        .saidAs("greenlets? … (?:same|one) memory"));
    }

    private static List<Claim> speed() {
        return List.of(
                Claim.measured(
                                "faster",
                                "Greenlets are faster than threads: to create, to switch, to wait for requests.",
                                threadsNeed(Figures.CREATE_TIME, SPEED),
                                threadsNeed(Figures.SWITCH_TIME, SPEED),
                                threadsNeed(Figures.REQUESTS_TIME, SPEED),
                                virtualThreadsNeed(Figures.CREATE_TIME, SPEED),
                                virtualThreadsNeed(Figures.SWITCH_TIME, SPEED),
                                virtualThreadsNeed(Figures.REQUESTS_TIME, SPEED))
                        .saidAs("greenlets? … (?:faster than|quicker than|outrun|outperform) … threads?")
                        .unless("switch"),
                Claim.measured(
                                "switch-faster",
                                "Greenlets switch among each other faster than threads do.",
                                threadsNeed(Figures.SWITCH_TIME, SPEED),
                                virtualThreadsNeed(Figures.SWITCH_TIME, SPEED))
                        .saidAs("greenlets? … switch … (?:faster|quicker)"),
                Claim.measured(
                                "no-os-switch",
                                "The operating system takes no part in a switch of greenlets, as it does in one of"
                                        + " threads.",
                                level(Figures.SWITCH_OS, Role.GREENLETS, new Bar(0.1, 0.5)),
                                level(Figures.SWITCH_OS, Role.THREADS, new Bar(0.5, 0.1)))
                        .saidAs("greenlets? … (?:not|no|without) … operating system"),
                Claim.measured(
                                "parallel",
                                "Threads use several cores.",
                                grows(Figures.VIDEO, Role.THREADS, Figures.WORKERS, USES_CORES),
                                grows(Figures.SCIENCE, Role.THREADS, Figures.WORKERS, USES_CORES))
                        .saidAs(
                                "threads? … run … in parallel",
                                "threads? … (?:separate|different|multiple|several) (?:cpu )?cores?"),
                Claim.measured(
                                "os-scheduling",
                                "The operating system shares a core among threads; a greenlet keeps it until it"
                                        + " switches.",
                                greenletsNeed(Figures.STALL.where("cores", "1"), Role.THREADS, STALL))
                        .saidAs(
                                "threads? … scheduled by the operating system",
                                "operating system schedules? … threads?",
                                "threads? … time[- ]sharing"));
    }

    private static List<Claim> cost() {
        return List.of(
                Claim.measured(
                                "lightweight",
                                "A greenlet takes less than a thread: memory, and time to create.",
                                threadsNeed(Figures.MEMORY_RESIDENT, MEMORY),
                                threadsNeed(Figures.CREATE_TIME, SPEED),
                                virtualThreadsNeed(Figures.MEMORY_RESIDENT, MEMORY),
                                virtualThreadsNeed(Figures.CREATE_TIME, SPEED))
                        .saidAs(
                                "greenlets? … (?:light\\b|lightweight|lighter)",
                                "greenlets? … threads?,? (?:because|since) they are light",
                                "threads? … (?:heavyweight|heavier|weighs? more|more resources)"),
                Claim.measured(
                                "own-stack",
                                "Each thread has a stack of its own, and many of them are a considerable cost.",
                                threadsNeed(Figures.MEMORY_RESIDENT, MEMORY),
                                threadsNeed(Figures.MEMORY_RESERVED, MEMORY),
                                virtualThreadsNeed(Figures.MEMORY_RESIDENT, MEMORY))
                        .saidAs("(?:each|every|threads?) … (?:own stack|stack of its own|stack to itself)"),
                Claim.measured(
                                "locks",
                                "Threads need locks to share data: without one updates are lost, among greenlets not.",
                                level(Figures.LOST_UPDATES, Role.THREADS, SOME),
                                level(Figures.LOST_UPDATES, Role.GREENLETS, NONE),
                                level(Figures.LOST_WITH_CALL, Role.GREENLETS, NONE))
                        .saidAs(
                                "shar(?:e|ed|ing) … (?:locks?\\b|synchroni[sz]ation)",
                                "synchroni[sz]ation … shar(?:e|ed|ing)\\b"),
                Claim.measured(
                                "lock-cost",
                                "Locks cost threads something extra.",
                                level(Figures.LOCK_COST, Role.THREADS, Bar.times(SPEED)))
                        .saidAs("(?:synchroni[sz]ation|locks?\\b) … (?:overhead|costs?)\\b"),
                Claim.measured(
                                "low-overhead",
                                "Where tasks wait, greenlets take little CPU time and memory.",
                                threadsNeed(Figures.REQUESTS_CPU, SPEED),
                                threadsNeed(Figures.SERVER_CPU, SPEED),
                                threadsNeed(Figures.SERVER_MEMORY, MEMORY),
                                virtualThreadsNeed(Figures.REQUESTS_CPU, SPEED),
                                virtualThreadsNeed(Figures.SERVER_CPU, SPEED),
                                virtualThreadsNeed(Figures.SERVER_MEMORY, MEMORY))
                        .saidAs("greenlets? … (?:low|little) overhead"));
    }

    private static List<Claim> uses() {
        return List.of(
                Claim.resting(
                                "io-bound",
                                "Greenlets suit IO-bound programs better.",
                                "network-requests",
                                "client-connections")
                        .saidAs("greenlets? … i/?o[- ]bound"),
                Claim.measured(
                                "network-requests",
                                "Greenlets are the better way to make many requests at once.",
                                threadsNeed(Figures.REQUESTS_TIME, SPEED),
                                threadsNeed(Figures.REQUESTS_CPU, SPEED),
                                virtualThreadsNeed(Figures.REQUESTS_TIME, SPEED),
                                virtualThreadsNeed(Figures.REQUESTS_CPU, SPEED))
                        .saidAs("network requests", "requests over the network"),
                Claim.measured(
                                "client-connections",
                                "Greenlets are the better way to serve many connections.",
                                threadsNeed(Figures.SERVER_CPU, SPEED),
                                threadsNeed(Figures.SERVER_MEMORY, MEMORY),
                                threadsNeed(Figures.SERVER_P99, SPEED),
                                virtualThreadsNeed(Figures.SERVER_CPU, SPEED),
                                virtualThreadsNeed(Figures.SERVER_MEMORY, MEMORY),
                                virtualThreadsNeed(Figures.SERVER_P99, SPEED))
                        .saidAs("client connections", "connections of many clients"),
                Claim.resting("cpu-bound", "Threads suit CPU-bound programs better.", "video", "science")
                        .saidAs("threads? … cpu[- ]bound"),
                Claim.measured(
                                "video",
                                "Threads encode video faster.",
                                reaches(Figures.VIDEO, Role.THREADS, SPEED),
                                reaches(Figures.VIDEO, Role.VIRTUAL_THREADS, SPEED))
                        .saidAs("threads? … (?:video encoding|encoding video)"),
                Claim.measured(
                                "science",
                                "Threads compute faster.",
                                reaches(Figures.SCIENCE, Role.THREADS, SPEED),
                                reaches(Figures.SCIENCE, Role.VIRTUAL_THREADS, SPEED))
                        .saidAs("threads? … (?:scientific computing|computing in science)"),
                Claim.resting("choice-depends", "Which one is right depends on the program.", "io-bound", "cpu-bound")
                        .saidAs("(?:right|choos|choice|which) … depends on"));
    }
}
