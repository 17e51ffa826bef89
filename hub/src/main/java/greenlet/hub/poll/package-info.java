/** What the hub does when nothing is ready: waits for input, for a timer or to be woken. */
@org.jspecify.annotations.NullMarked
package greenlet.hub.poll;
