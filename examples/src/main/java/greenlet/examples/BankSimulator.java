package greenlet.examples;

import greenlet.Greenlet;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A discrete-event simulation: customers of a bank with one clerk. Each customer is a greenlet whose code reads from top
 * to bottom as a day in its life; waiting is a switch to the clock, which jumps to the next event. No thread, no real
 * time, the same output each time.
 */
public final class BankSimulator {
    private record Event(int minute, int number, Greenlet whom) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingInt(Event::minute).thenComparingInt(Event::number));
    private final Queue<Greenlet> line = new ArrayDeque<>();
    private final Greenlet clock = Greenlet.current();
    private final Consumer<String> print;
    private boolean clerkBusy;
    private int minute;
    private int scheduled;
    private int waited;

    private BankSimulator(Consumer<String> print) {
        this.print = print;
    }

    /** What a customer does: arrive, queue, be served, leave. */
    private @Nullable Object customer(String name, int service) {
        say(name + " arrives");
        int arrived = minute;
        while (clerkBusy) {
            line.add(Greenlet.current());
            clock.switchTo(); // until the one before has left
        }
        clerkBusy = true;
        waited += minute - arrived;
        say(name + " is served");
        hold(service);
        clerkBusy = false;
        say(name + " leaves");
        Greenlet next = line.poll();
        if (next != null) {
            wake(next, 0);
        }
        return null;
    }

    private void hold(int minutes) {
        wake(Greenlet.current(), minutes);
        clock.switchTo();
    }

    private void wake(Greenlet whom, int minutes) {
        events.add(new Event(minute + minutes, scheduled++, whom));
    }

    private void say(String what) {
        print.accept("%02d:%02d %s".formatted(9 + minute / 60, minute % 60, what));
    }

    /** The main greenlet is the clock. */
    private void simulate(Random random) {
        int arrival = 0;
        for (String name : new String[] {"Ann", "Bo", "Cy"}) {
            int service = 5 + random.nextInt(10);
            wake(Greenlet.of(name, _ -> customer(name, service)), arrival);
            arrival += 1 + random.nextInt(5);
        }
        for (Event event = events.poll(); event != null; event = events.poll()) {
            minute = event.minute();
            event.whom().switchTo();
        }
        print.accept("waited %d minutes in all".formatted(waited));
    }

    static void run(Consumer<String> print) {
        new BankSimulator(print).simulate(new Random(9));
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String[] args) {
        run(System.out::println);
    }
}
