/** The only place of this module that knows the JDK's insides. */
@org.jspecify.annotations.NullMarked
package greenlet.hub.internal.jdk;
