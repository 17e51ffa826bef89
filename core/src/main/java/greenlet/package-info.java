/** Greenlets. */
@org.jspecify.annotations.NullMarked
package greenlet;
