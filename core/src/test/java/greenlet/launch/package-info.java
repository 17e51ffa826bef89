/** Greenlets in JVMs of their own: flags, class path and module path, memory limits. */
@org.jspecify.annotations.NullMarked
package greenlet.launch;
