package greenlet.internal;

/** What the command line says, read once. */
final class Settings {
    /** Diagnose monitors that are held across a switch: {@code -Dgreenlet.strict=true}. */
    static final boolean STRICT = Boolean.getBoolean("greenlet.strict");

    /** Record where each greenlet is created, for leak reports: {@code -Dgreenlet.leaks=trace}, or strict mode. */
    static final boolean TRACE_CREATION = STRICT || "trace".equals(System.getProperty("greenlet.leaks"));

    private Settings() {}
}
