package greenlet.lab.curve;

import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.mechanism.ThreadMechanism;
import greenlet.lab.scenario.Samples;
import greenlet.lab.scenario.Size;
import greenlet.lab.scenario.server.LoadClient;
import greenlet.lab.scenario.server.ThreadServer;
import java.time.Duration;
import java.util.List;

/** Requests that hold a megabyte each for as long as they last, and nothing before and after: a memory that only a look under load can see. */
public final class HoldingCurve extends Curve {
    static final int CONNECTIONS = 8;
    static final int HELD_BYTES = 1 << 20;
    private static final String AT_LOAD = "atLoad";
    private static final int RATE = 200;
    private static final int REQUESTS = 20;

    /** Read by nobody: what a request holds must not be compiled away. */
    static volatile int sink;

    public HoldingCurve() {
        super(List.of(0, 1));
    }

    @Override
    public String name() {
        return "holding";
    }

    @Override
    public String about() {
        return "planted";
    }

    @Override
    public String parameter() {
        return AT_LOAD;
    }

    @Override
    public String axis() {
        return "planted";
    }

    @Override
    public String unit() {
        return "planted";
    }

    @Override
    public boolean isLogarithmic() {
        return false;
    }

    @Override
    int requests() {
        return REQUESTS;
    }

    @Override
    public Curve at(List<Integer> others) {
        throw new UnsupportedOperationException("it has two points");
    }

    @Override
    public Duration cost(Mechanism mechanism, Size size) {
        return Duration.ofSeconds(1);
    }

    @Override
    public List<String> jvmFlags(Size size) {
        return new CpuShareCurve().jvmFlags(size);
    }

    @Override
    public void measure(Mechanism mechanism, Size size, Samples samples) throws Exception {
        Trial.MemoryAt memory = size.get(AT_LOAD) == 1 ? Trial.MemoryAt.LOAD : Trial.MemoryAt.REST;
        try (LoadClient load = LoadClient.startSharing();
                ThreadMechanism.Running running = ((ThreadMechanism) mechanism).open();
                ThreadServer server = ThreadServer.start(running.threads(), HoldingCurve::hold)) {
            Trial.Shape shape =
                    new Trial.Shape(CONNECTIONS, duration -> load.fixedRate(RATE, duration), RATE, REQUESTS, memory);
            new Trial(server, load, shape, () -> {}, samples).run();
        }
    }

    private static void hold() throws InterruptedException {
        byte[] held = new byte[HELD_BYTES];
        Thread.sleep(20);
        sink = held[sink & 1];
    }
}
