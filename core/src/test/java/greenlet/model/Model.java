package greenlet.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The semantics of greenlets written down as plainly as possible: no stacks, no control flow, just who is in which state
 * and what arrives where. What happens is a list of lines, the same that a real run produces.
 */
final class Model {
    /** Deliberate errors, for the test of the checker. */
    enum Bug {
        NONE,
        EXIT_IS_RAISED_IN_THE_PARENT,
        DEAD_TARGET_STAYS_DEAD
    }

    private enum Life {
        UNSTARTED,
        SUSPENDED,
        DEAD
    }

    /** What arrives: a value, or something thrown. */
    private record Parcel(String what, boolean thrown) {}

    private static final class G {
        final int id;
        int thread;
        Life life = Life.UNSTARTED;

        @Nullable
        G parent;

        /** What it was doing when it was suspended. */
        @Nullable
        Op pending;

        /** Whom it was closing. */
        @Nullable
        G victim;

        G(int id, int thread, @Nullable G parent) {
            this.id = id;
            this.thread = thread;
            this.parent = parent;
        }
    }

    static final String EXIT = "exit";
    private static final Parcel NOTHING = new Parcel("nothing", false);

    private final Bug bug;
    private final int threads;
    private final List<G> all = new ArrayList<>();
    private final List<G> current = new ArrayList<>();
    private final Map<G, List<G>> killers = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    Model(int threads, Bug bug) {
        this.bug = bug;
        this.threads = threads;
        for (int thread = 0; thread < threads; thread++) {
            G main = new G(thread, thread, null);
            main.life = Life.SUSPENDED;
            all.add(main);
            current.add(main);
        }
    }

    static List<String> run(Program program, Bug bug) {
        Model model = new Model(program.threads(), bug);
        for (Op op : program.ops()) {
            model.snapshot();
            model.step(op);
        }
        model.snapshot();
        return model.lines;
    }

    private void snapshot() {
        StringBuilder line = new StringBuilder("states");
        for (G g : all) {
            line.append(' ').append(state(g)).append(g.parent == null ? "-" : g.parent.id);
        }
        lines.add(line.toString());
    }

    private char state(G g) {
        if (current.contains(g)) {
            return 'R';
        }
        return switch (g.life) {
            case UNSTARTED -> 'U';
            case SUSPENDED -> 'S';
            case DEAD -> 'D';
        };
    }

    private G named(int number) {
        return all.get(number % all.size());
    }

    private boolean main(G g) {
        return g.id < threads;
    }

    /** An unstarted one belongs to its nearest ancestor that has started. */
    private int home(G g) {
        return g.life == Life.UNSTARTED && g.parent != null ? home(g.parent) : g.thread;
    }

    private void step(Op op) {
        G me = current.get(op.thread());
        switch (op) {
            case Op.Create create -> all.add(new G(all.size(), create.thread(), me));
            case Op.Switch(int thread, int target, int value, boolean _) ->
                send(op, me, named(target), new Parcel(String.valueOf(value), false), thread);
            case Op.Throw(int thread, int target, boolean exit, boolean _) ->
                send(op, me, named(target), new Parcel(exit ? EXIT : "Planned", true), thread);
            case Op.Return(int _, int value) -> {
                if (!main(me)) {
                    die(me, new Parcel(String.valueOf(value), false));
                }
            }
            case Op.Raise(int _, boolean exit) -> {
                if (!main(me)) {
                    die(me, new Parcel(exit ? EXIT : "Planned", true));
                }
            }
            case Op.Reparent reparent -> reparent(reparent, me);
            case Op.Close close -> close(close, me);
        }
    }

    private void send(Op op, G me, G target, Parcel parcel, int thread) {
        me.pending = op;
        if (home(target) != thread) {
            arrive(me, new Parcel("WrongThread", true));
        } else {
            deliver(thread, target, parcel, false);
        }
    }

    /** Looks for whoever takes it, from the target towards the root. */
    private void deliver(int thread, G target, Parcel sent, boolean ofDeath) {
        List<G> killed = new ArrayList<>();
        G heir = target;
        Parcel parcel = sent;
        while (true) {
            if (home(heir) != thread && !ofDeath) {
                killed.forEach(g -> g.life = Life.UNSTARTED);
                arrive(current.get(thread), new Parcel("WrongThread", true));
                return;
            } else if (home(heir) != thread) {
                parcel = parcel.thrown() ? parcel : new Parcel("WrongThread", true);
            } else if (heir.life == Life.SUSPENDED) {
                arrive(heir, parcel);
                return;
            } else if (heir.life == Life.UNSTARTED && !parcel.thrown()) {
                heir.life = Life.SUSPENDED;
                heir.thread = thread;
                current.set(thread, heir);
                lines.add(heir.id + " starts with " + parcel.what());
                return;
            } else if (heir.life == Life.UNSTARTED) {
                heir.life = Life.DEAD;
                heir.thread = thread;
                killed.add(heir);
            }
            parcel = exitAsValue(parcel);
            heir = heir.parent == null || bug == Bug.DEAD_TARGET_STAYS_DEAD ? all.get(thread) : heir.parent;
        }
    }

    /** Its pending step is over. */
    private void arrive(G g, Parcel arrived) {
        Op op = g.pending;
        g.pending = null;
        current.set(g.thread, g);
        finish(g, op == null || op.catches(), op instanceof Op.Close ? closed(g, arrived) : arrived);
    }

    private void finish(G g, boolean catches, Parcel outcome) {
        if (!outcome.thrown()) {
            lines.add(g.id + " got " + outcome.what());
        } else if (main(g) || catches) {
            lines.add(g.id + " caught " + outcome.what());
        } else {
            die(g, outcome);
        }
    }

    private void die(G g, Parcel outcome) {
        g.life = Life.DEAD;
        List<G> waiting = killers.getOrDefault(g, List.of());
        G first = waiting.isEmpty() ? g : waiting.getLast();
        deliver(g.thread, first, exitAsValue(outcome), true);
    }

    private Parcel exitAsValue(Parcel outcome) {
        boolean exit = outcome.thrown() && outcome.what().equals(EXIT);
        return exit && bug != Bug.EXIT_IS_RAISED_IN_THE_PARENT ? new Parcel(EXIT, false) : outcome;
    }

    private void reparent(Op.Reparent op, G me) {
        G child = named(op.child());
        G parent = named(op.parent());
        finish(me, op.catches(), refusal(op.thread(), child, parent));
    }

    private Parcel refusal(int thread, G child, G parent) {
        if (main(child)) {
            return new Parcel("MainGreenlet", true);
        }
        for (G ancestor = parent; ancestor != null; ancestor = ancestor.parent) {
            if (ancestor == child) {
                return new Parcel("CyclicParent", true);
            }
        }
        int from = home(child);
        int to = home(parent);
        boolean allowed =
                from == to ? from == thread : child.life == Life.UNSTARTED && (from == thread || to == thread);
        if (!allowed) {
            return new Parcel("WrongThread", true);
        }
        child.parent = parent;
        return NOTHING;
    }

    private void close(Op.Close op, G me) {
        G victim = named(op.target());
        if (main(victim)) {
            finish(me, op.catches(), new Parcel("MainGreenlet", true));
        } else if (victim.life == Life.DEAD) {
            finish(me, op.catches(), NOTHING);
        } else if (home(victim) != op.thread()) {
            finish(me, op.catches(), new Parcel("WrongThread", true));
        } else if (victim.life == Life.UNSTARTED) {
            victim.life = Life.DEAD;
            victim.thread = op.thread();
            finish(me, op.catches(), NOTHING);
        } else {
            me.pending = op;
            me.victim = victim;
            killers.computeIfAbsent(victim, _ -> new ArrayList<>()).add(me);
            deliver(op.thread(), victim, new Parcel(EXIT, true), false);
        }
    }

    private Parcel closed(G closer, Parcel arrived) {
        G victim = closer.victim;
        closer.victim = null;
        if (victim == null) {
            throw new AssertionError("greenlet " + closer.id + " was closing nobody");
        }
        List<G> waiting = killers.getOrDefault(victim, new ArrayList<>());
        waiting.remove(closer);
        if (arrived.thrown()) {
            return arrived;
        }
        return victim.life == Life.DEAD ? NOTHING : new Parcel("StillAlive", true);
    }
}
