package greenlet.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import greenlet.Greenlet;
import greenlet.OnThread;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Structured scopes of greenlets. The JDK keeps one stack of them per thread and refuses one that is not closed in turn; what
 * {@code StructuredTaskScope} opens, which is a preview in JDK 25, is a {@code ThreadFlock}.
 */
@Tag("continuations")
@SuppressWarnings("try") // scopes are there to be open
class ThreadScopesTest {
    private static AutoCloseable flock(String name) throws ReflectiveOperationException {
        Method open = Class.forName("jdk.internal.misc.ThreadFlock").getMethod("open", String.class);
        return (AutoCloseable) open.invoke(null, name);
    }

    private static boolean isAnyOpen() {
        return ThreadScopes.containers(Thread.currentThread()) != null;
    }

    private static Greenlet opener(String name, Greenlet main, List<String> trace) {
        return Greenlet.of(name, first -> {
            trace.add(name + " begins with " + (isAnyOpen() ? "an open scope" : "none"));
            try (AutoCloseable scope = flock(name)) {
                main.switchTo();
                trace.add(name + " closes");
            }
            trace.add(name + " has " + (isAnyOpen() ? "an open scope" : "none"));
            return null;
        });
    }

    @Test
    void scopes_closedInNonNestedOrder_areEachGreenletsOwn() {
        OnThread.platform(() -> {
            Greenlet main = Greenlet.current();
            List<String> trace = new ArrayList<>();
            Greenlet a = opener("a", main, trace);
            Greenlet b = opener("b", main, trace);
            a.switchTo();
            assertThat(isAnyOpen()).as("main's").isFalse();
            b.switchTo();
            a.switchTo(); // which opened first, and closes first
            b.switchTo();

            assertThat(trace)
                    .containsExactly(
                            "a begins with none",
                            "b begins with none",
                            "a closes",
                            "a has none",
                            "b closes",
                            "b has none");
            assertThat(isAnyOpen()).isFalse();
        });
    }

    @Test
    void scopes_mainsOpenMeanwhileAndOneKilledInside_leaveMainsAlone() {
        OnThread.platform(() -> {
            Greenlet main = Greenlet.current();
            List<String> trace = new ArrayList<>();
            try (AutoCloseable mains = flock("main's")) {
                Object before = ThreadScopes.containers(Thread.currentThread());
                Greenlet killed = opener("killed", main, trace);
                killed.switchTo();
                assertThat(ThreadScopes.containers(Thread.currentThread())).isSameAs(before);
                killed.close();
                assertThat(ThreadScopes.containers(Thread.currentThread())).isSameAs(before);
            }
            assertThat(trace).containsExactly("killed begins with none");
            assertThat(isAnyOpen()).isFalse();
        });
    }

    /** What the JDK does without greenlets: that the tests above can fail. */
    @Test
    void scopes_closedInNonNestedOrderOnOneStack_areRefused() {
        OnThread.platform(() -> {
            Greenlet.current(); // which opens what the JDK keeps to itself
            AutoCloseable first = flock("first");
            AutoCloseable second = flock("second");
            assertThatThrownBy(first::close).hasToString("java.util.concurrent.StructureViolationException");
            second.close();
        });
    }
}
