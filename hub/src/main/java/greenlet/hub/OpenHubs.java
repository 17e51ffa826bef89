package greenlet.hub;

import greenlet.hub.watch.FlightEvents;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The hubs of this JVM that have been opened and not closed. Safe for use from any thread. */
final class OpenHubs {
    private static final Set<Hub> OPEN = ConcurrentHashMap.newKeySet();

    static {
        FlightEvents.install(sample -> OPEN.forEach(hub -> hub.sampleTo(sample)));
    }

    private OpenHubs() {}

    static void add(Hub hub) {
        OPEN.add(hub);
    }

    static void remove(Hub hub) {
        OPEN.remove(hub);
    }

    static List<Hub> all() {
        return OPEN.stream().sorted(Comparator.comparing(Hub::name)).toList();
    }
}
