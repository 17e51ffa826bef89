/** The scenario {@code timeshare}: one task that computes without a pause, and how long it keeps short tasks waiting. */
@org.jspecify.annotations.NullMarked
package greenlet.lab.scenario.timeshare;
