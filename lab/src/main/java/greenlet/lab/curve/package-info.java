/**
 * Curves: a server's figures against something that grows, and where the mechanisms cross. A curve is a {@link greenlet.lab.scenario.Scenario}
 * whose sizes are the points of its axis, so that plan, workers, statistics and report are those of every comparison.
 *
 * <p>To add one: a class beside {@link greenlet.lab.curve.ConnectionsCurve} and its line in {@link greenlet.lab.curve.Curves}.
 */
@org.jspecify.annotations.NullMarked
package greenlet.lab.curve;
