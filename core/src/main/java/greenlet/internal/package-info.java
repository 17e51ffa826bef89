/** How greenlets are made of the JDK's continuations. Not exported: nothing here is for users. */
@org.jspecify.annotations.NullMarked
package greenlet.internal;
