package greenlet.hub;

import java.util.List;

/**
 * What the green threads of a hub were doing when {@link Hub#dump()} looked at each of them. Immutable.
 *
 * {@snippet :
 * System.err.print(hub.dump().toText());
 * Files.writeString(file, hub.dump().toJson());
 * }
 *
 * <p>Taken by one of the hub's own green threads, it shows one moment and changes nothing. Taken by any other thread, it does not hold
 * up the hub: each green thread is found as it was at a moment of its own, and a ready one that is looked at just as its turn comes loses
 * that turn to the next.
 *
 * @param hub the hub's name
 * @param statistics the hub's numbers, read first
 * @param greenThreads those that had been started and had not ended, by id: each at most once
 */
public record HubDump(String hub, HubStatistics statistics, List<GreenThreadDump> greenThreads) {
    /** Copies the list. */
    public HubDump {
        greenThreads = List.copyOf(greenThreads);
    }

    /**
     * For people, in the way of a thread dump. Not a switch point.
     *
     * @return lines, each with an end of line
     */
    public String toText() {
        return DumpText.of(this);
    }

    /**
     * For programs: one JSON object; {@code docs/seeing.md} describes it. Times are in nanoseconds. Not a switch point.
     *
     * @return the JSON text
     */
    public String toJson() {
        return DumpJson.of(this);
    }
}
