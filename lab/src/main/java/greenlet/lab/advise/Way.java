package greenlet.lab.advise;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A way to run many calls at once that advice chooses among, in the order of its tables.
 *
 * <p>Immutable.
 */
public enum Way {
    /** Green threads of one hub: one core, no locks needed between switch points. */
    GREENLETS("greenlets on one hub", "green threads of one hub; code between two blocking calls is atomic"),
    /** Green threads of as many hubs as cores, dealt out in turn. */
    GREENLETS_PER_CORE("greenlets on a hub per core", "green threads of as many hubs as cores, dealt out in turn"),
    /** The JDK's virtual threads. */
    VIRTUAL_THREADS("virtual threads", "Thread.ofVirtual() on the JDK's scheduler"),
    /** Threads of the operating system. */
    PLATFORM_THREADS("platform threads", "Thread.ofPlatform(), default stack size"),
    /** A JVM for each caller. */
    PROCESSES("processes", "a JVM for each caller, one call at a time in it");

    private final String words;
    private final String about;

    Way(String words, String about) {
        this.words = words;
        this.about = about;
    }

    /** {@return its name on the command line and in files, such as {@code virtual-threads}} Not a switch point. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@return its name within a sentence} Not a switch point. */
    public String words() {
        return words;
    }

    /** {@return one line that says what is measured under this name} Not a switch point. */
    public String about() {
        return about;
    }

    /** {@return whether it needs the library and its flag} Not a switch point. */
    public boolean isGreen() {
        return this == GREENLETS || this == GREENLETS_PER_CORE;
    }

    /** {@return whether calls of one JVM touch the same state on several cores at once} Not a switch point. */
    public boolean sharesStateAcrossCores() {
        return this == GREENLETS_PER_CORE || this == VIRTUAL_THREADS || this == PLATFORM_THREADS;
    }

    /**
     * Finds one. Not a switch point.
     *
     * @param label its name
     * @return the way, or nothing if none has that name
     */
    public static Optional<Way> labelled(String label) {
        return Arrays.stream(values()).filter(way -> way.label().equals(label)).findFirst();
    }
}
