/** Runs a program that knows nothing of hubs on one. */
@org.jspecify.annotations.NullMarked
package greenlet.hub.launch;
