package greenlet.host;

/**
 * How many greenlets a thread has had. Immutable.
 *
 * @param started how many have been started, the main one not counted
 * @param ended how many of those are over
 * @param suspended how many of the others have been suspended at least once and can still be reached
 * @param unwound how many were unwound because nothing referred to them
 */
public record GreenletCounts(long started, long ended, long suspended, long unwound) {}
