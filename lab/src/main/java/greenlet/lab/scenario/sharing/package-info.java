/** The scenario {@code sharing}: what tasks lose that share a counter without a lock, and what the lock costs. */
@org.jspecify.annotations.NullMarked
package greenlet.lab.scenario.sharing;
