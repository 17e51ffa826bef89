package greenlet.hub;

/**
 * What stopping a server came to. Immutable.
 *
 * @param finished how many connections ended by themselves between the order to stop and the end of the grace
 * @param killed how many had to be killed because they outlasted it
 * @param left how many outlasted even that; they keep their green threads until the hub closes
 */
public record StopReport(int finished, int killed, int left) {
    /**
     * Whether every connection that had been accepted was served to its end.
     *
     * @return true if none was killed or is left
     */
    public boolean isClean() {
        return killed == 0 && left == 0;
    }
}
