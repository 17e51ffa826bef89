/** What a hub costs under load: an HTTP server pinned to one core, and a storm of short sleeps, each in a process of its own. */
@org.jspecify.annotations.NullMarked
package greenlet.bench.load;
