package greenlet.internal;

import greenlet.GreenletException;
import greenlet.GreenletExit;
import greenlet.Leak;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Ends greenlets from outside: by {@code close()}, because nothing refers to them any more, or with their thread. While
 * one is being killed its outcome goes to the killer, not to its parent. (Python makes the killer its parent meanwhile;
 * here parents stay as they are, so that no cycle can come of it.)
 */
final class Killing {
    private final Tree tree;
    /** Who is killing whom, the latest last: each is told first of the end that it waits for. */
    private final IdentityHashMap<Strand, Deque<Strand>> killers = new IdentityHashMap<>();

    private boolean reaping;

    /** One that was to be unwound where the running stack could not be left: it goes first at the next switch. */
    private @Nullable Strand postponed;

    Killing(Tree tree) {
        this.tree = tree;
    }

    /** Tells whether nobody is being killed: then every outcome goes the ordinary way. */
    boolean isIdle() {
        return killers.isEmpty();
    }

    /** Where a dead greenlet's outcome goes first: to its killer, or else the ordinary way, which starts at itself. */
    Strand firstHeirOf(Strand dead) {
        Deque<Strand> waiting = killers.get(dead);
        return waiting == null ? dead : waiting.getLast();
    }

    /** Ends it and returns when it is over; throws what its finally blocks throw. */
    void close(Strand victim) {
        if (victim.isOver()) {
            return;
        }
        if (victim.isUnstarted()) {
            StackRoom.ensure(); // a half of its death would be worse than none
            victim.claim(tree);
            victim.end();
            return;
        }
        kill(victim, new GreenletExit("greenlet '" + victim.name() + "' is closed"));
        if (!victim.isOver()) {
            throw new GreenletException.StillAlive("Cannot close greenlet '" + victim.name()
                    + "': it caught the GreenletExit and switched away, and is " + victim.state()
                    + ". Let GreenletExit pass in its body, or resume it until it ends.");
        }
    }

    private void kill(Strand victim, GreenletExit exit) {
        Strand killer = tree.current();
        StackRoom.ensure(); // also for what takes the entry out again, at the end of a stack
        killers.computeIfAbsent(victim, _ -> new ArrayDeque<>()).addLast(killer);
        try {
            tree.transfer(victim, new Thrown(exit));
        } finally {
            Deque<Strand> waiting = killers.get(victim);
            if (waiting != null && waiting.remove(killer) && waiting.isEmpty()) {
                killers.remove(victim);
            }
        }
    }

    /**
     * Unwinds every greenlet that has become unreachable, in the context of the current one. Where that one's stack cannot be
     * left it stops, and goes on at the next switch.
     */
    @SuppressWarnings("ReferenceEquality") // the very one
    int reap(Anchors anchors) {
        if (reaping) {
            return 0; // a body that unwinds now and switches: the loop below goes on when it is done
        }
        reaping = true;
        int unwound = 0;
        try {
            Strand abandoned;
            while ((abandoned = anchors.pollAbandoned()) != null) {
                abandoned.loseAnchor(anchors);
                unwind(
                        abandoned,
                        "nothing refers to greenlet '" + abandoned.name() + "' any more",
                        abandoned == postponed ? null : Leak.Reason.ABANDONED);
                if (abandoned.isUntouched()) {
                    postponed = abandoned;
                    anchors.putBack(abandoned);
                    return unwound;
                }
                postponed = null;
                unwound++;
            }
        } finally {
            reaping = false;
        }
        return unwound;
    }

    /** The thread is ending: everybody goes. */
    void unwindAll(Anchors anchors) {
        reap(anchors);
        for (Strand suspended : anchors.snapshot()) {
            unwind(suspended, "the thread of greenlet '" + suspended.name() + "' ends", null);
            if (!suspended.isOver()) {
                suspended.end();
            }
        }
    }

    private void unwind(Strand victim, String why, Leak.@Nullable Reason reason) {
        if (victim.isOver()) {
            return;
        }
        try {
            if (reason != null) {
                LeakReports.report(victim, reason);
            }
            kill(victim, new GreenletExit(why));
        } catch (Throwable failure) {
            if (victim.isUntouched()) {
                return; // it is the running stack's failure, and that one's next switch will tell
            }
            HostPolicies.unraisable(victim, failure);
        }
        if (!victim.isOver()) {
            LeakReports.report(victim, Leak.Reason.SURVIVED);
        }
    }
}
