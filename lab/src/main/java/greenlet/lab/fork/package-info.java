/**
 * The forked run: carries a plan out, each cell in JVMs of its own, and gathers what they measure.
 */
@org.jspecify.annotations.NullMarked
package greenlet.lab.fork;
