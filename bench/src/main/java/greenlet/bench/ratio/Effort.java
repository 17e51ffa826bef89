package greenlet.bench.ratio;

/**
 * How much is measured. Immutable.
 *
 * @param rounds how often each case runs in a fork of its own
 * @param iterations warm-up iterations of a fork, and as many measured ones
 * @param iterationMillis length of an iteration in milliseconds
 */
record Effort(int rounds, int iterations, int iterationMillis) {
    static final Effort FULL = new Effort(11, 5, 250);

    /** Shows that it works; its figures are good for nothing else. */
    static final Effort QUICK = new Effort(2, 2, 50);
}
