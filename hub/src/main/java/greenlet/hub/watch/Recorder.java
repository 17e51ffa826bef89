package greenlet.hub.watch;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** The only class that names {@code jdk.jfr}, loaded only where that module is. */
@SuppressWarnings("UnusedVariable") // the recorder reads the fields
final class Recorder {
    private Recorder() {}

    static void install(Consumer<FlightEvents.SwitchSample> sampler, Runnable onMade) {
        FlightRecorder.addListener(new FlightRecorderListener() {
            @Override
            public void recorderInitialized(FlightRecorder recorder) {
                FlightRecorder.addPeriodicEvent(Switch.class, () -> sampler.accept(Recorder::sample));
                new Spawn().shouldCommit(); // loads what the middle of a start must not load
                onMade.run();
            }
        });
    }

    private static void sample(String hub, String greenThread, long turns, int greenThreads) {
        Switch event = new Switch();
        event.hub = hub;
        event.greenThread = greenThread;
        event.turns = turns;
        event.greenThreads = greenThreads;
        event.commit();
    }

    static void spawn(String hub, Thread thread) {
        Spawn event = new Spawn();
        if (event.isEnabled()) {
            event.hub = hub;
            event.greenThread = thread.getName();
            event.greenThreadId = thread.threadId();
            event.commit();
        }
    }

    static void blocked(String hub, String greenThread, String how, long heldNanos, List<StackTraceElement> stack) {
        Blocked event = new Blocked();
        event.hub = hub;
        event.greenThread = greenThread;
        event.how = how;
        event.held = heldNanos;
        event.stack = stack.stream().map(StackTraceElement::toString).collect(Collectors.joining("\n"));
        event.commit();
    }

    static void stall(String hub, boolean certain, String description) {
        Stall event = new Stall();
        event.hub = hub;
        event.certain = certain;
        event.description = description;
        event.commit();
    }

    @Name("greenlet.Spawn")
    @Label("Green Thread Spawned")
    @Category("Greenlets")
    @Description("A green thread was started; the event's thread and stack are the spawner's")
    private static final class Spawn extends Event {
        @Label("Hub")
        @Nullable
        String hub;

        @Label("Green Thread")
        @Nullable
        String greenThread;

        @Label("Green Thread Id")
        long greenThreadId;
    }

    @Name("greenlet.Switch")
    @Label("Hub Sample")
    @Category("Greenlets")
    @Description("Who had the turn of a hub at a moment; one event a hub and period")
    @Period("20 ms")
    @StackTrace(false)
    private static final class Switch extends Event {
        @Label("Hub")
        @Nullable
        String hub;

        @Label("Green Thread")
        @Description("Empty if none had the turn")
        @Nullable
        String greenThread;

        @Label("Turns Given")
        long turns;

        @Label("Green Threads")
        int greenThreads;
    }

    @Name("greenlet.Blocked")
    @Label("Hub Blocked")
    @Category("Greenlets")
    @Description("A green thread kept its turn for longer than the watch's limit")
    @StackTrace(false)
    private static final class Blocked extends Event {
        @Label("Hub")
        @Nullable
        String hub;

        @Label("Green Thread")
        @Nullable
        String greenThread;

        @Label("How")
        @Description("RUNNING, PINNED or SYSTEM_CALL")
        @Nullable
        String how;

        @Label("Held So Far")
        @Timespan
        long held;

        @Label("Green Thread's Stack")
        @Nullable
        String stack;
    }

    @Name("greenlet.Stall")
    @Label("Hub Stalled")
    @Category("Greenlets")
    @Description("Green threads of a hub wait for each other, or a hub is idle with nothing pending")
    @StackTrace(false)
    private static final class Stall extends Event {
        @Label("Hub")
        @Nullable
        String hub;

        @Label("Certain")
        @Description("Whether nothing can wake them, rather than nothing that is known")
        boolean certain;

        @Label("Description")
        @Nullable
        String description;
    }
}
