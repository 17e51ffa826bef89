import java.util.HashMap;
import java.util.Map;

/** Sells seats: asks a database who the customer is, then takes the first seat that is free. Nobody thought of a lock. */
public class Reservations implements Runnable {
    private static final int SEATS = 2000;
    private static final int SUBSCRIBERS = 1000;

    private final Map<Integer, Integer> sold = new HashMap<>();
    private int booked;

    public Reservations() {
        open();
    }

    private void open() {
        sold.clear();
        for (int seat = 0; seat < SUBSCRIBERS; seat++) {
            sold.put(seat, -1);
        }
    }

    @Override
    public void run() {
        int customer = askDatabase();
        int before = booked;
        int seat = 0;
        while (sold.containsKey(seat)) {
            seat++;
        }
        sold.put(seat, customer);
        booked = before + 1;
        if (sold.size() >= SEATS) {
            open();
        }
    }

    private static int askDatabase() {
        try {
            Thread.sleep(8); // in place of the database
            return 4711;
        } catch (InterruptedException e) {
            throw new IllegalStateException("stopped while it waited for the database", e);
        }
    }

    @Override
    public String toString() {
        return booked + " booked";
    }
}
