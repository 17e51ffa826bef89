/** The plan of a comparison: which cells, how often each, how long it will take, and what had to be left out. */
@org.jspecify.annotations.NullMarked
package greenlet.lab.plan;
