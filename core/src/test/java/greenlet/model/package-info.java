/** Random programs of greenlets, run for real and by a plain model of the semantics. */
@org.jspecify.annotations.NullMarked
package greenlet.model;
