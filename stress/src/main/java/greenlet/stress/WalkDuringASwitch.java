package greenlet.stress;

import greenlet.Greenlet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IL_Result;

/** A suspended greenlet's stack is read while its owner switches to it and back. */
@JCStressTest
@State
@Outcome(id = "1, (not yet|none|whole)", expect = Expect.ACCEPTABLE, desc = "all of it or nothing")
@Outcome(expect = Expect.FORBIDDEN, desc = "the value or a part of the stack was lost")
public class WalkDuringASwitch {
    private static final ThreadLocal<Greenlet> ECHO = ThreadLocal.withInitial(WalkDuringASwitch::echo);

    private volatile @Nullable Greenlet shared;

    private static Greenlet echo() {
        Greenlet home = Greenlet.current();
        Greenlet echo = Greenlet.of("echo", first -> repeat(home));
        echo.switchTo();
        return echo;
    }

    private static Object repeat(Greenlet home) {
        Object value = null;
        while (true) {
            value = home.switchTo(value);
        }
    }

    /** Its owner. */
    @Actor
    public void owner(IL_Result result) {
        Greenlet echo = ECHO.get();
        shared = echo;
        result.r1 = echo.switchTo(1) instanceof Integer value ? value : -1;
    }

    /** Another thread. */
    @Actor
    public void reader(IL_Result result) {
        Greenlet echo = shared;
        result.r2 = echo == null ? "not yet" : verdict(echo.stackTrace());
    }

    private static String verdict(List<StackTraceElement> stack) {
        boolean whole = stack.stream().anyMatch(frame -> frame.getMethodName().equals("repeat"));
        return stack.isEmpty() ? "none" : whole ? "whole" : "a part of it";
    }
}
