/**
 * The Python columns: finds an interpreter with greenlet and gevent and lets it measure the same scenarios in its own way. The scripts
 * that do so are resources of this package; {@code docs/method-python.md} says how they measure.
 */
@org.jspecify.annotations.NullMarked
package greenlet.lab.mechanism.python;
