/** What tests of the public API cannot reach: an interleaving that must be planted. */
@org.jspecify.annotations.NullMarked
package greenlet.internal;
