package greenlet.lab.scenario.cpu;

/** A number of workers that share units of a kernel. */
interface Team {
    /** Does so many units; gives the nanoseconds from the start of the first to the end of the last. */
    long run(int units) throws Exception;

    /** CPU time that the JVM has used which has used the least: tells how far the compilers have come. */
    long leastCpuNanos();
}
