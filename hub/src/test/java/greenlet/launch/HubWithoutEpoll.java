package greenlet.launch;

import greenlet.hub.Hub;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** The main class of DescriptorsTest's child that starts a hub when no descriptor is left, and one when there are some again. */
public final class HubWithoutEpoll {
    private HubWithoutEpoll() {}

    /**
     * Runs the story and says how it went.
     *
     * @param args not used
     * @throws Exception what nobody expects
     */
    public static void main(String[] args) throws Exception {
        Hub.run(DescriptorHoarder::exchange); // classes and libraries are loaded while there are descriptors
        List<ServerSocket> hoard = new ArrayList<>();
        boolean ranOut = DescriptorHoarder.fill(hoard);
        try (Hub hub = Hub.start()) {
            for (ServerSocket socket : hoard) {
                socket.close();
            }
            say("the hub", hub);
            try (Hub next = Hub.start()) {
                say("the next", next);
            }
        }
        System.out.println(ranOut ? "ran out, and went on" : "never ran out");
    }

    private static void say(String who, Hub hub) throws Exception {
        hub.spawn(DescriptorHoarder::exchange).get();
        System.out.println(who + " exchanged; " + hub.statistics().polling());
    }
}
