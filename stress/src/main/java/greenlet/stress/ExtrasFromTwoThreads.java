package greenlet.stress;

import greenlet.Greenlet;
import greenlet.host.GreenletHost;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Attachment and saved object share a holder that is made at the first use: neither of two first uses is lost. */
@JCStressTest
@State
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "both are there")
@Outcome(expect = Expect.FORBIDDEN, desc = "one was lost")
public class ExtrasFromTwoThreads {
    private final Greenlet greenlet = Greenlet.of("g", first -> first);

    /** A thread. */
    @Actor
    public void attach() {
        GreenletHost.attach(greenlet, "attached");
    }

    /** The other thread. */
    @Actor
    public void save() {
        GreenletHost.setSaved(greenlet, "saved");
    }

    /** Afterwards. */
    @Arbiter
    public void look(ZZ_Result result) {
        result.r1 = "attached".equals(GreenletHost.attachment(greenlet));
        result.r2 = "saved".equals(GreenletHost.saved(greenlet));
    }
}
