package greenlet.lab.advise;

/**
 * Work that there is no code of yet: so many connections, and what a request on one of them does.
 *
 * <p>Immutable.
 *
 * @param connections how many are open at once
 * @param waitNanos how long a request waits for others, in total
 * @param cpuNanos how long it computes
 * @param sharedState whether each request reads and changes state that all share
 * @param perSecond requests a second over all connections; 0: as many as are possible
 */
public record Shape(int connections, long waitNanos, long cpuNanos, boolean sharedState, double perSecond) {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Checks the numbers. */
    public Shape {
        if (connections < 1 || waitNanos < 0 || cpuNanos < 0 || perSecond < 0 || waitNanos + cpuNanos == 0) {
            throw new IllegalArgumentException("Cannot advise on " + connections + " connections whose requests wait "
                    + waitNanos + " ns and compute " + cpuNanos
                    + " ns. Give at least one connection, no negative number, and requests that wait or compute.");
        }
    }

    /**
     * The most requests a second that so many cores and connections could answer if switching cost nothing. Not a switch point.
     *
     * @param cores how many compute at once
     * @return requests a second
     */
    public double ceiling(int cores) {
        double byConnections = connections * NANOS_PER_SECOND / (waitNanos + cpuNanos);
        return cpuNanos == 0 ? byConnections : Math.min(byConnections, cores * NANOS_PER_SECOND / cpuNanos);
    }
}
