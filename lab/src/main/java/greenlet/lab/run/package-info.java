/** The command line of a JVM that runs somebody's program on a hub. */
@org.jspecify.annotations.NullMarked
package greenlet.lab.run;
