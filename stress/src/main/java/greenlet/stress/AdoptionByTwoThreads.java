package greenlet.stress;

import greenlet.Greenlet;
import greenlet.GreenletException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * An unstarted greenlet of a third thread is moved to two threads at once, and each that got it switches to it: it runs
 * on one of them, once; the other is refused.
 */
@JCStressTest
@State
@Outcome(
        id = {"1, 0", "0, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "one ran it, the other was refused")
@Outcome(expect = Expect.FORBIDDEN, desc = "it ran twice, somewhere else, or not at all")
public class AdoptionByTwoThreads {
    private final Greenlet greenlet = Greenlet.of("g", first -> Thread.currentThread());

    /** A thread. */
    @Actor
    public void one(II_Result result) {
        result.r1 = adoptAndRun();
    }

    /** The other thread. */
    @Actor
    public void other(II_Result result) {
        result.r2 = adoptAndRun();
    }

    private int adoptAndRun() {
        Greenlet here = Greenlet.current();
        try {
            greenlet.setParent(here);
            Object ran = greenlet.switchTo();
            // A dead one passes the value on to the switcher: null.
            return ran == null ? 0 : ran == Thread.currentThread() ? 1 : 2;
        } catch (GreenletException.WrongThread refusal) {
            return 0;
        }
    }
}
