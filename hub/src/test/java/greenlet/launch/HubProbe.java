package greenlet.launch;

import greenlet.hub.Hub;
import greenlet.hub.HubUnavailableException;

/** The main class of RefusalTest's children; in a package that no module of ours has, so that it can be on the class path beside them. */
public final class HubProbe {
    private HubProbe() {}

    /**
     * Runs a hub and says how that went.
     *
     * @param args not used
     */
    public static void main(String[] args) {
        try {
            System.out.println(Hub.run(() -> "ran on " + Thread.currentThread().isVirtual()));
        } catch (HubUnavailableException e) {
            System.out.println(e.getMessage());
            System.exit(2);
        }
    }
}
