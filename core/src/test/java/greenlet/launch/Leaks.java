package greenlet.launch;

import greenlet.Greenlet;
import greenlet.Leak;
import greenlet.host.GreenletCounts;
import greenlet.host.GreenletHost;
import java.util.ArrayList;
import java.util.List;

/** Makes many greenlets in a heap that has no room for what is not let go; runs out of memory if anything leaks. */
final class Leaks {
    private Leaks() {}

    /** What to make, and how many. */
    public static void main(String[] args) throws InterruptedException {
        Leak.setHandler(leak -> {}); // abandoning is what this is about
        int count = Integer.parseInt(args[1]);
        switch (args[0]) {
            case "created" -> created(count);
            case "lived" -> lived(count);
            case "dropped" -> dropped(count);
            case "threads" -> threads(count);
            case "suspended" -> suspended(count);
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.out.println(args[0] + " " + count);
    }

    private static void created(int count) {
        for (int i = 0; i < count; i++) {
            Greenlet.of(first -> first);
        }
    }

    /** Each runs to its end; one in a hundred is suspended on the way, and so listed for a while. */
    private static void lived(int count) {
        Greenlet here = Greenlet.current();
        long sum = 0;
        for (int i = 0; i < count; i++) {
            boolean suspends = i % 100 == 0;
            Greenlet g = Greenlet.of(first -> suspends ? here.switchTo(first) : first);
            Object value = g.switchTo(i);
            if (suspends) {
                value = g.switchTo(value);
            }
            sum += value instanceof Integer number ? number : 0;
        }
        GreenletCounts counts = GreenletHost.counts();
        if (counts.ended() != count || counts.suspended() != 0 || sum != (long) count * (count - 1) / 2) {
            throw new AssertionError("not all have ended: " + counts + ", " + sum);
        }
    }

    private static Greenlet suspend() {
        Greenlet here = Greenlet.current();
        Greenlet g = Greenlet.of(first -> here.switchTo());
        g.switchTo();
        return g;
    }

    private static void dropped(int count) {
        for (int i = 0; i < count; i++) {
            suspend();
        }
        GreenletCounts counts = GreenletHost.counts();
        for (int i = 0; i < 200 && counts.ended() < count; i++) {
            System.gc();
            GreenletHost.drain();
            counts = GreenletHost.counts();
        }
        if (counts.ended() < count) {
            throw new AssertionError("not all were unwound: " + counts);
        }
    }

    private static void threads(int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            Thread.Builder builder = i % 2 == 0 ? Thread.ofPlatform() : Thread.ofVirtual();
            Thread thread = builder.start(() -> {
                byte[] weight = new byte[128 << 10];
                Greenlet here = Greenlet.current();
                Greenlet g = Greenlet.of(first -> here.switchTo() + "" + weight.length);
                g.switchTo();
                suspend();
            });
            thread.join();
        }
    }

    private static void suspended(int count) {
        List<Greenlet> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(suspend());
        }
        if (GreenletHost.counts().suspended() < count) {
            throw new AssertionError("not all are there: " + GreenletHost.counts());
        }
        for (Greenlet g : all) {
            g.switchTo();
        }
    }
}
