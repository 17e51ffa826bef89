/** When it runs: the clock and the timers of a hub. */
@org.jspecify.annotations.NullMarked
package greenlet.hub.time;
