/**
 * What is measured: one class per scenario, and one line in {@link greenlet.lab.scenario.Scenarios}. {@code docs/method.md} says how each
 * measures and what can go wrong.
 */
@org.jspecify.annotations.NullMarked
package greenlet.lab.scenario;
