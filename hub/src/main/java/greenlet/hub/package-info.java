/** Hubs, green threads and what they promise. */
@org.jspecify.annotations.NullMarked
package greenlet.hub;
