/** Other processes: how their JVMs are started, that they end with us, and how much memory they hold. */
@org.jspecify.annotations.NullMarked
package greenlet.lab.process;
