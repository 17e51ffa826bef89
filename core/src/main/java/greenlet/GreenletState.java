package greenlet;

/**
 * Where a {@link Greenlet} is in its life. Immutable.
 *
 * <pre>
 * UNSTARTED -&gt; RUNNING     // first switch to it
 * UNSTARTED -&gt; DEAD        // killed before it ran: its body never runs
 * RUNNING   -&gt; SUSPENDED   // it switched to another greenlet
 * SUSPENDED -&gt; RUNNING     // another greenlet switched to it, or threw into it
 * RUNNING   -&gt; DEAD        // its body returned or threw
 * SUSPENDED -&gt; DEAD        // its thread has ended
 * </pre>
 */
public enum GreenletState {
    /** Created, never switched to. */
    UNSTARTED,
    /** The greenlet that its thread runs now: one per thread. */
    RUNNING,
    /** Started, and waiting for a switch. */
    SUSPENDED,
    /** Its body is over, or its thread is. */
    DEAD
}
