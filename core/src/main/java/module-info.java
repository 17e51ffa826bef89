/** Greenlets: coroutines that the program switches. */
module greenlet.core {
    requires static transitive org.jspecify;

    exports greenlet;
    exports greenlet.host;
}
