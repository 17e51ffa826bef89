package greenlet.lab.mechanism;

import greenlet.hub.Hub;
import java.util.concurrent.ThreadFactory;

/**
 * Green threads of one hub; where a scenario is about the switch itself, explicit greenlets ({@code greenlet.Greenlet}).
 *
 * <p>Immutable.
 */
public final class Greenlets implements ThreadMechanism {
    @Override
    public String name() {
        return "greenlets";
    }

    @Override
    public String about() {
        return "green threads of one hub; explicit greenlets for switch";
    }

    @Override
    public Running open() {
        Hub hub = Hub.start();
        ThreadFactory threads = hub.threadFactory();
        return new Running() {
            @Override
            public ThreadFactory threads() {
                return threads;
            }

            @Override
            public void close() {
                hub.close();
            }
        };
    }
}
