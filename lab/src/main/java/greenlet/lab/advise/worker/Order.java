package greenlet.lab.advise.worker;

import java.io.Serializable;

/**
 * What a worker is told to do. One that takes longer than its limit beyond the measuring itself hangs.
 *
 * <p>Immutable.
 */
public sealed interface Order extends Serializable {
    /** {@return how long it takes if all goes well, in nanoseconds} Not a switch point. */
    long expectedNanos();

    /**
     * A number of calls dealt out to so many callers, after which the results are compared. Done before anything else, so that all
     * that the calls left behind comes from them.
     *
     * @param concurrency callers at once
     * @param calls how many calls; 0: as many as there is time for, by one caller
     * @param atMostNanos how long it may take if the number is open
     */
    record Sequence(int concurrency, long calls, long atMostNanos) implements Order {
        @Override
        public long expectedNanos() {
            return atMostNanos;
        }
    }

    /**
     * Calls until the throughput no longer rises.
     *
     * @param concurrency callers at once
     * @param windowNanos how long one look at the throughput takes
     * @param atMostNanos how long it may take
     */
    record WarmUp(int concurrency, long windowNanos, long atMostNanos) implements Order {
        @Override
        public long expectedNanos() {
            return atMostNanos;
        }
    }

    /**
     * One point of a curve.
     *
     * @param concurrency callers at once
     * @param perSecond calls a second over all callers, at fixed times; 0: each calls again as soon as it can
     * @param rampNanos how long before it counts
     * @param windowNanos how long it counts
     */
    record Level(int concurrency, double perSecond, long rampNanos, long windowNanos) implements Order {
        @Override
        public long expectedNanos() {
            return rampNanos + windowNanos;
        }
    }
}
