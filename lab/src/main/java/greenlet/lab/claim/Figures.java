package greenlet.lab.claim;

import java.util.List;

/** Every column of a report that a claim rests on; the only place of this package that names scenarios and metrics. Immutable. */
final class Figures {
    static final Figure CREATE_TIME = new Figure("create", "time", "time to create, run and end a task");

    static final Figure SWITCH_TIME = new Figure("switch", "round-trip", "time to hand control over and back");
    static final Figure SWITCH_OS =
            new Figure("switch", "os-switches", "context switches of the operating system per hand-over");

    static final Figure MEMORY_RESIDENT = new Figure("memory", "resident", "resident bytes of a suspended task");
    static final Figure MEMORY_RESERVED = new Figure("memory", "reserved", "reserved bytes of a suspended task");

    static final Figure REQUESTS_TIME = new Figure("requests", "wall", "wall time of concurrent requests");
    static final Figure REQUESTS_CPU = new Figure("requests", "cpu", "CPU time of concurrent requests");

    static final Figure SERVER_CPU = new Figure("server", "cpu", "CPU time a request at a server");
    static final Figure SERVER_P99 = new Figure("server", "p99", "99th percentile of response time");
    static final Figure SERVER_MEMORY = new Figure("server", "memory", "memory that all connections of a server add");
    static final Figure SERVER_THROUGHPUT = new Figure("server", "throughput", "requests a second of a server");

    static final Figure LOST_UPDATES = new Figure("sharing", "lost-updates", "lost updates of an unlocked counter");
    static final Figure LOST_WITH_CALL = new Figure(
            "sharing", "lost-updates-blocking", "lost updates with a hidden blocking call between read and write");
    static final Figure LOCK_COST =
            new Figure("sharing", "lock-overhead", "cost of a contended lock, in costs of the bare update");

    static final Figure STALL = new Figure("timeshare", "stall", "stall of short tasks beside a CPU hog");

    static final Figure VIDEO = new Figure("video", "throughput", "frames encoded a second");
    static final Figure SCIENCE = new Figure("science", "throughput", "numerical kernels a second");

    static final Figure REPEATED = new Figure("control", "repeated", "share of runs that repeat their trace");

    /** The parameter that counts workers in {@link #VIDEO} and {@link #SCIENCE}. */
    static final String WORKERS = "workers";

    /** The parameters that count tasks. */
    static final List<String> TASKS = List.of("tasks", "concurrent", "connections");

    private Figures() {}
}
