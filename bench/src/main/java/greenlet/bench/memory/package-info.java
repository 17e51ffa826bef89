/** How many bytes of heap a suspended task takes: each kind in a JVM of its own, before and after a collection. */
@org.jspecify.annotations.NullMarked
package greenlet.bench.memory;
