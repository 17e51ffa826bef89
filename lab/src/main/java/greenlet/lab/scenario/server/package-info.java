/**
 * The scenario {@code server}: a plain blocking HTTP server on each mechanism, under load from a process of its own.
 *
 * <p>{@code Server} is the scenario; {@code ServerUnderTest} the two servers; {@code LoadGenerator} the load, {@code LoadProcess} its
 * process and {@code LoadClient} the handle of that.
 */
@org.jspecify.annotations.NullMarked
package greenlet.lab.scenario.server;
