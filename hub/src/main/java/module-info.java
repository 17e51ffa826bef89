/** The hub: green threads that run one at a time, in an order that the hub decides. */
module greenlet.hub {
    requires transitive greenlet.core;
    requires static transitive org.jspecify;
    requires static jdk.jfr;
    requires static java.instrument; // MakerAgent's, if it is asked for

    exports greenlet.hub;
    exports greenlet.hub.launch;
}
