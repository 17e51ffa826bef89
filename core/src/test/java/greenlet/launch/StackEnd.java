package greenlet.launch;

import greenlet.Generator;
import greenlet.Greenlet;
import greenlet.GreenletState;
import greenlet.host.GreenletHost;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Switches, starts, throws, closes and takes elements at each of the last 200 frames of a stack, from code that has long
 * been compiled and in a JVM in which nothing has failed yet. Each round begins a frame further down, so that the stack ends
 * somewhere else in the frames of a switch. Prints what it found.
 *
 * <p>Arguments: {@code listener} and {@code hooks} have each switch watched, {@code virtual} does all of it on a virtual
 * thread, whose stack ends where its carrier's does.
 */
@SuppressWarnings({"InfiniteRecursion", "ReferenceEquality"
}) // the end of the stack is the point; the same object comes back
final class StackEnd {
    /** What is tried at the end of the stack. */
    private enum Attempt {
        SWITCH,
        START,
        SIBLING,
        THROW,
        THROW_INTO_UNSTARTED,
        CLOSE,
        CLOSE_UNSTARTED,
        GENERATOR
    }

    /** Comes back from where it is thrown. */
    private static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final Thrown thrown = new Thrown();
    private static final int FRAMES = 200;
    private static final int ROUNDS = 24;
    private static final int WARM_UP = 30_000;
    private static final int SAMPLE = 31;
    private static final long STACK_BYTES = 320 << 10;

    // Plain fields, because there is no stack left to call anything.
    private int delivered;
    private int overflown;
    private int wrong;
    private int deliveredInARow;
    private @Nullable Greenlet home;
    private @Nullable Greenlet echo;
    private @Nullable Greenlet sibling;
    private @Nullable Greenlet victim;

    /** Whose first switch, throw or close may have failed; tried again and again until it is dead. */
    private @Nullable Greenlet oneShot;

    private final List<String> modes;
    private final StackEndHost host = new StackEndHost();

    /** Who switches to the sibling. */
    private @Nullable Greenlet origin;

    private @Nullable Iterator<Integer> elements;
    private @Nullable Throwable failure;

    private StackEnd(List<String> modes) {
        this.modes = modes;
    }

    /** Prints {@code usable} and the counts, or fails. */
    public static void main(String[] args) throws InterruptedException {
        StackEnd test = new StackEnd(List.of(args));
        Thread thread = test.modes.contains("virtual")
                ? Thread.ofVirtual().unstarted(test::run)
                : new Thread(null, test::run, "short", STACK_BYTES);
        thread.start();
        thread.join();
        Throwable failure = test.failure;
        if (failure != null) {
            throw new AssertionError("after " + test.overflown + " overflows", failure);
        }
        if (test.wrong > 0 || test.overflown == 0) {
            throw new AssertionError("wrong " + test.wrong + ", overflown " + test.overflown);
        }
        System.out.println("usable, delivered " + test.delivered);
    }

    private void run() {
        try {
            home = Greenlet.current();
            watch();
            for (int i = 0; i < WARM_UP; i++) {
                for (Attempt attempt : Attempt.values()) {
                    if (attempt != Attempt.SIBLING) { // which needs another greenlet to come from
                        count(makes(attempt, i));
                    }
                }
            }
            for (Attempt attempt : Attempt.values()) {
                for (int round = 0; round < ROUNDS; round++) {
                    probe(attempt, round);
                }
            }
        } catch (Throwable failed) {
            failure = failed;
        }
    }

    private void watch() {
        if (modes.contains("listener")) {
            Greenlet.setSwitchListener(host);
        }
        if (modes.contains("hooks")) {
            GreenletHost.setSwitchHooks(host);
        }
    }

    private void probe(Attempt attempt, int round) {
        deliveredInARow = 0;
        elements = null;
        expect(!oneShot().isDead(), "there is one to start", attempt, round);
        if (attempt == Attempt.SIBLING) {
            sibling = null;
            Greenlet deep = Greenlet.of("deep", first -> descend(round, attempt));
            origin = deep;
            deep.switchTo();
            expect(deep.isDead(), "the deep one has come to its end", attempt, round);
        } else {
            descend(round, attempt);
        }
        Greenlet left = victim;
        if (left != null && !left.isDead()) {
            left.close();
            expect(left.isDead(), "what could not be closed there is closed here", attempt, round);
        }
        expect(oneShot().switchTo("late") == "late", "what could not be started there is started here", attempt, round);
        expect(echo().switchTo("here") == "here", "the echo is itself", attempt, round);
        if (modes.contains("listener")) {
            expect(Greenlet.switchListener() == host, "the listener is still set", attempt, round);
            int before = host.reported;
            expect(echo().switchTo("seen") == "seen", "the echo is watched", attempt, round);
            expect(host.reported == before + 2, "both switches are reported", attempt, round);
        }
        expect(host.lost == 0, "each greenlet had what the host had saved for it", attempt, round);
        expect(Greenlet.of(first -> first).switchTo("sent") == "sent", "others start", attempt, round);
    }

    private static void expect(boolean kept, String what, Attempt attempt, int round) {
        if (!kept) {
            throw new AssertionError("not so: " + what + "; after " + attempt + " in round " + round);
        }
    }

    /** Does it once; tells whether what should arrive did. */
    private boolean makes(Attempt attempt, Integer sent) {
        return switch (attempt) {
            case SWITCH -> echo().switchTo(sent) == sent;
            case START -> oneShot().switchTo(sent) == sent;
            case SIBLING -> sibling().switchTo(sent) == sent;
            case THROW -> echo().throwInto(thrown) == thrown;
            case THROW_INTO_UNSTARTED -> {
                try {
                    oneShot().throwInto(thrown);
                    yield false;
                } catch (Thrown arrived) {
                    yield arrived == thrown;
                }
            }
            case CLOSE_UNSTARTED -> {
                Greenlet closed = oneShot();
                closed.close();
                yield closed.isDead();
            }
            case CLOSE -> {
                Greenlet closed = Greenlet.of("closed", first -> home().switchTo());
                victim = closed;
                closed.switchTo();
                closed.close();
                yield closed.isDead();
            }
            case GENERATOR -> elements().next() >= 0;
        };
    }

    /** The last one, if it is unstarted still. */
    private Greenlet oneShot() {
        Greenlet known = oneShot;
        if (known == null || known.state() != GreenletState.UNSTARTED) {
            known = Greenlet.of("one shot", first -> first);
            oneShot = known;
        }
        return known;
    }

    private Greenlet home() {
        return Objects.requireNonNull(home);
    }

    private Iterator<Integer> elements() {
        Iterator<Integer> known = elements;
        if (known == null) {
            known = Generator.<Integer>of(out -> {
                        for (int i = 0; ; i++) {
                            out.yield(i);
                        }
                    })
                    .iterator();
            elements = known;
        }
        return known;
    }

    /** One that sends everything back to the deep one. */
    private Greenlet sibling() {
        Greenlet known = sibling;
        if (known == null || known.isDead()) {
            known = Greenlet.of("sibling", first -> {
                Object value = first;
                while (true) {
                    value = Objects.requireNonNull(origin).switchTo(value);
                }
            });
            sibling = known;
        }
        return known;
    }

    /** One that sends everything back to main, exceptions too. */
    private Greenlet echo() {
        Greenlet known = echo;
        if (known == null || known.isDead() || known.state() == GreenletState.UNSTARTED) {
            known = Greenlet.of("echo", first -> {
                Object value = first;
                while (true) {
                    try {
                        value = home().switchTo(value);
                    } catch (Thrown arrived) {
                        value = arrived;
                    }
                }
            });
            known.switchTo("ready");
            echo = known;
        }
        return known;
    }

    private int descend(int frames, Attempt attempt) {
        return frames > 0 ? descend(frames - 1, attempt) + 1 : probe(attempt);
    }

    private int probe(Attempt attempt) {
        int above;
        try {
            above = probe(attempt) + 1;
        } catch (StackOverflowError end) {
            above = 0;
        }
        if (isToTry(above)) {
            Object loaded = host.loaded;
            try {
                count(makes(attempt, above));
            } catch (StackOverflowError end) {
                overflown++;
                deliveredInARow = 0;
                elements = null; // the generator may have died of it
            }
            if (host.loaded != loaded) {
                host.lost++;
                host.loaded = loaded;
            }
        }
        return above;
    }

    private boolean isToTry(int above) {
        return above <= FRAMES || (deliveredInARow < FRAMES && above % SAMPLE == 0);
    }

    private void count(boolean right) {
        if (right) {
            delivered++;
            deliveredInARow++;
        } else {
            wrong++;
        }
    }
}
