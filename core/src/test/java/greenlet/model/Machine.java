package greenlet.model;

import greenlet.Greenlet;
import greenlet.GreenletException;
import greenlet.GreenletExit;
import greenlet.GreenletState;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program with real greenlets on real threads. The threads take turns, a step each as the program says, so that a
 * run is the same every time; what they share is handed on through {@link #cursor}.
 */
final class Machine {
    private static final String END = "end of program";

    private final Program program;
    private final List<Greenlet> all = new ArrayList<>();
    private final IdentityHashMap<Greenlet, Integer> numbers = new IdentityHashMap<>();
    private final List<String> lines = new ArrayList<>();
    private final ConcurrentHashMap<Thread, Integer> lanes = new ConcurrentHashMap<>();

    /** The step whose turn it is. Only the thread of that step moves it on, when its effect is over. */
    private volatile int cursor;

    /** Whether a lane's last step has still to be counted as done; each written by its own thread. */
    private final boolean[] owes;

    private Machine(Program program) {
        this.program = program;
        this.owes = new boolean[program.threads()];
    }

    /** Runs it; a program for one thread on the calling one. */
    static List<String> run(Program program) {
        Machine machine = new Machine(program);
        if (program.threads() == 1) {
            machine.enter(0);
            machine.work(0);
        } else {
            machine.runOnThreads();
        }
        return machine.lines;
    }

    private void runOnThreads() {
        CountDownLatch entered = new CountDownLatch(program.threads());
        List<Thread> threads = new ArrayList<>();
        Thread before = null;
        for (int lane = 0; lane < program.threads(); lane++) {
            int me = lane;
            Thread previous = before;
            Thread thread = Thread.ofPlatform().name("lane-" + me).unstarted(() -> {
                awaitEntered(previous);
                enter(me);
                entered.countDown();
                await(entered);
                work(me);
            });
            threads.add(thread);
            before = thread;
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            try {
                thread.join(60_000);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            if (thread.isAlive()) {
                throw new AssertionError("hangs:\n" + program.code());
            }
        }
    }

    /** Main greenlets get their numbers in the order of the lanes. */
    private void awaitEntered(@Nullable Thread previous) {
        while (previous != null && !lanes.containsKey(previous)) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private synchronized void enter(int lane) {
        add(Greenlet.current());
        lanes.put(Thread.currentThread(), lane);
    }

    private void add(Greenlet greenlet) {
        numbers.put(greenlet, all.size());
        all.add(greenlet);
    }

    private void work(int lane) {
        try {
            perform(lane, true);
        } catch (Throwable thrown) {
            lines.add("main greenlet " + lane + " ended with " + thrown);
        }
        for (Greenlet greenlet : List.copyOf(all)) {
            for (int tries = 0; tries < 3 && greenlet.state() == GreenletState.SUSPENDED; tries++) {
                try {
                    greenlet.close();
                } catch (Throwable leftOver) {
                    // The program is over: its steps are compared, not its cleaning up. Foreign ones refuse.
                }
            }
        }
    }

    private @Nullable Object body(int id, @Nullable Object first) throws Throwable {
        line(id + " starts with " + show(first));
        return perform(id, false);
    }

    /** Takes steps for as long as the greenlet is current; returns or throws when it is to die. */
    private Object perform(int id, boolean main) throws Throwable {
        int lane = lanes.getOrDefault(Thread.currentThread(), -1);
        while (true) {
            Op op = next(lane);
            if (op == null) {
                return END;
            }
            if (!main && op instanceof Op.Return(int _, int value)) {
                return value;
            }
            if (!main && op instanceof Op.Raise(int _, boolean exit)) {
                throw exception(exit);
            }
            try {
                step(id, op);
            } catch (Throwable thrown) {
                if (!main && !op.catches()) {
                    throw thrown;
                }
                line(id + " caught " + kind(thrown));
            }
        }
    }

    private void step(int id, Op op) {
        switch (op) {
            case Op.Create _ -> {
                int number = all.size();
                add(Greenlet.of("g" + number, first -> body(number, first)));
            }
            case Op.Switch(int _, int target, int value, boolean _) ->
                line(id + " got " + show(named(target).switchTo(value)));
            case Op.Throw(int _, int target, boolean exit, boolean _) ->
                line(id + " got " + show(named(target).throwInto(exception(exit))));
            case Op.Reparent(int _, int child, int parent, boolean _) -> {
                named(child).setParent(named(parent));
                line(id + " got nothing");
            }
            case Op.Close(int _, int target, boolean _) -> {
                named(target).close();
                line(id + " got nothing");
            }
            case Op.Return _ -> {} // a main greenlet's: ignored
            case Op.Raise _ -> {}
        }
    }

    private Greenlet named(int number) {
        return all.get(number % all.size());
    }

    private static Throwable exception(boolean exit) {
        return exit ? new GreenletExit() : new Planned();
    }

    private static String show(@Nullable Object value) {
        return value instanceof GreenletExit ? Model.EXIT : String.valueOf(value);
    }

    private static String kind(Throwable thrown) {
        return switch (thrown) {
            case GreenletExit _ -> Model.EXIT;
            case Planned _ -> "Planned";
            case GreenletException refusal -> refusal.getClass().getSimpleName();
            default -> thrown.toString();
        };
    }

    /** The step before is over: hands the turn on, and waits for this lane's next. Null at the end of the program. */
    private @Nullable Op next(int lane) {
        if (owes[lane]) {
            owes[lane] = false;
            if (cursor + 1 == program.ops().size()) {
                snapshot();
            }
            handOn();
        }
        for (int at = cursor; at < program.ops().size(); at = cursor) {
            Op op = program.ops().get(at);
            if (op.thread() == lane) {
                owes[lane] = true;
                snapshot();
                return op;
            }
            LockSupport.park(this);
        }
        return null;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // only the thread whose turn it is gets here
    private void handOn() {
        cursor = cursor + 1;
        lanes.keySet().forEach(LockSupport::unpark);
    }

    private void line(String line) {
        if (cursor < program.ops().size()) {
            lines.add(line);
        }
    }

    private void snapshot() {
        StringBuilder line = new StringBuilder("states");
        for (Greenlet greenlet : all) {
            Greenlet parent = greenlet.parent();
            line.append(' ')
                    .append(greenlet.state().name().charAt(0))
                    .append(parent == null ? "-" : numbers.getOrDefault(parent, -1));
        }
        line(line.toString());
    }
}
