/** What Python's {@code greenlet} promises, promise by promise; {@code docs/parity.md} has the table. */
@org.jspecify.annotations.NullMarked
package greenlet.promise;
