package greenlet.lab.measure;

/**
 * What became of one cell of the comparison.
 *
 * <p>Immutable.
 */
public enum Status {
    /** It was measured: median, interval and samples hold. */
    MEASURED,
    /** The mechanism cannot do this, or not on this machine; the run's reason says why. */
    NOT_APPLICABLE,
    /** The worker crashed, hung or ran out of memory; the run's reason says which. */
    FAILED,
    /** It was not tried: the comparison was interrupted, or the size did not fit the budget. */
    SKIPPED
}
