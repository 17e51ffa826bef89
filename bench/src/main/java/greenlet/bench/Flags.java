package greenlet.bench;

/** What each fork's JVM is started with. */
final class Flags {
    /** The one flag that greenlets need. */
    static final String OPEN = "--add-opens=java.base/java.lang=ALL-UNNAMED";

    /** For the floor: the JDK's own continuation, by hand. */
    static final String FLOOR = "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED";

    /** JMH reads field offsets with {@code Unsafe}, and the JDK warns of it in every fork. */
    static final String QUIET = "--sun-misc-unsafe-memory-access=allow";

    private Flags() {}
}
