/**
 * The mechanisms that are compared: one class each, and one line in {@link greenlet.lab.mechanism.Mechanisms}.
 *
 * <p>A mechanism knows how its tasks are made and nothing of what they do: that is the scenario's.
 */
@org.jspecify.annotations.NullMarked
package greenlet.lab.mechanism;
