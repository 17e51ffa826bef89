/** The scenarios {@code video} and {@code science}: real work for processors, spread over a number of tasks. */
@org.jspecify.annotations.NullMarked
package greenlet.lab.scenario.cpu;
