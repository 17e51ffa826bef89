package greenlet.internal;

import greenlet.GreenletException;
import greenlet.GreenletExit;
import greenlet.Leak;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends greenlets from outside: by {@code close()}, because nothing refers to them any more, or with their thread. While
 * one is being killed its outcome goes to the killer, not to its parent. (Python makes the killer its parent meanwhile;
 * here parents stay as they are, so that no cycle can come of it.)
 *
 * <p>A kill may never come back: the victim's finally blocks may switch to somebody who switches to neither. So nothing
 * here refers to those who wait: the victim knows its killers, and each greenlet whether it is reaping. Whoever else runs
 * goes on with what a reaper has left.
 */
final class Killing {
    /** So often may the finally blocks of those that are unwound at the end of a thread leave further ones behind. */
    private static final int MOST_ROUNDS = 100;

    private final Tree tree;

    /** Whether the thread is ending: then nobody goes on to whom an exception could be thrown. */
    private boolean ending;

    private long unwound;

    /** One that was to be unwound where the running stack could not be left: it goes first at the next switch. */
    private @Nullable Strand postponed;

    Killing(Tree tree) {
        this.tree = tree;
    }

    /** How many have been unwound because nothing referred to them. */
    long unwound() {
        return unwound;
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
        Strand killer = tree.current();
        try {
            kill(victim, killer, "greenlet '" + victim.name() + "' is closed");
        } finally {
            victim.notKilledBy(killer);
        }
        if (!victim.isOver()) {
            throw new GreenletException.StillAlive("Cannot close greenlet '" + victim.name()
                    + "': it caught the GreenletExit and switched away, and is " + victim.state()
                    + ". Let GreenletExit pass in its body, or resume it until it ends.");
        }
    }

    /** The caller takes the killer out again. */
    private void kill(Strand victim, Strand killer, String why) {
        StackRoom.ensure(); // also for that, at the end of a stack
        victim.killedBy(killer);
        tree.transfer(victim, new Thrown(new GreenletExit(why)));
    }

    /**
     * Unwinds every greenlet that has become unreachable, in the context of the current one. Where that one's stack cannot be
     * left it stops, and goes on at the next switch. Throws what is thrown into the current one meanwhile.
     */
    @SuppressWarnings("ReferenceEquality") // the very one
    int reap(Anchors anchors) {
        Strand reaper = tree.current();
        Extras ofReaper = reaper.extras();
        if (ofReaper.reaping) {
            return 0; // the loop below calls something that switches, and goes on when that is done
        }
        ofReaper.reaping = true;
        int count = 0;
        try {
            Strand abandoned;
            while ((abandoned = anchors.pollAbandoned()) != null) {
                abandoned.loseAnchor(anchors);
                if (abandoned == reaper) {
                    continue; // another one's finally block has switched to it; anchored anew when it is left
                }
                unwind(
                        abandoned,
                        "nothing refers to greenlet '" + abandoned.name() + "' any more",
                        abandoned == postponed ? null : Leak.Reason.ABANDONED);
                if (abandoned.isUntouched()) {
                    postponed = abandoned;
                    anchors.putBack(abandoned);
                    return count;
                }
                if (abandoned == postponed) {
                    postponed = null;
                }
                count++;
                unwound++;
            }
        } finally {
            ofReaper.reaping = false;
        }
        return count;
    }

    /** The thread is ending: everybody goes, those too that finally blocks start meanwhile. */
    void unwindAll(Anchors anchors) {
        ending = true;
        int round = 0;
        for (List<Strand> left = afterReaping(anchors); !left.isEmpty(); left = afterReaping(anchors)) {
            round++;
            for (Strand suspended : left) {
                endWithThread(suspended, round <= MOST_ROUNDS);
            }
        }
    }

    private List<Strand> afterReaping(Anchors anchors) {
        reap(anchors);
        return anchors.snapshot();
    }

    private void endWithThread(Strand victim, boolean unwinds) {
        if (unwinds) {
            unwind(victim, "the thread of greenlet '" + victim.name() + "' ends", null);
        } else {
            LeakReports.report(victim, Leak.Reason.SURVIVED);
        }
        if (!victim.isOver()) {
            victim.end();
        }
    }

    private void unwind(Strand victim, String why, Leak.@Nullable Reason reason) {
        if (victim.isOver()) {
            return;
        }
        Strand killer = tree.current();
        try {
            if (reason != null) {
                LeakReports.report(victim, reason);
            }
            kill(victim, killer, why);
            victim.notKilledBy(killer);
        } catch (Throwable failure) {
            boolean waited = victim.notKilledBy(killer);
            if (victim.isUntouched()) {
                return; // it is the running stack's failure, and that one's next switch will tell
            }
            if (waited && !ending) {
                throw failure; // not what the victim died of: somebody has thrown it into the killer
            }
            HostPolicies.unraisable(victim, failure);
        }
        if (!victim.isOver()) {
            LeakReports.report(victim, Leak.Reason.SURVIVED);
        }
    }
}
