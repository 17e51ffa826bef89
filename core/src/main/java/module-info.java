/** Greenlets: coroutines that the program switches. */
module greenlet.core {
    requires static transitive org.jspecify;
    requires static java.instrument; // LockAgent's, if it is asked for

    exports greenlet;
    exports greenlet.host;
}
