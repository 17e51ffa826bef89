/** What runs next: the queues and the loop of a hub, knowing nothing of the JDK's insides. */
@org.jspecify.annotations.NullMarked
package greenlet.hub.schedule;
