package greenlet.promise;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.Greenlet;
import greenlet.GreenletLocal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Promises 52 to 56: what a greenlet sees of scoped values, thread-locals and its own locals. */
class ScopedValueTest {
    private static final ScopedValue<String> X = ScopedValue.newInstance();
    private static final ScopedValue<String> Y = ScopedValue.newInstance();

    private final Greenlet main = Greenlet.current();

    @Test
    void p52_newGreenlet_seesNoBindingOfItsCreatorOrStarter() {
        Greenlet g = ScopedValue.where(X, "creator")
                .call(() -> Greenlet.of(first -> {
                    String before = X.orElse("unbound");
                    main.switchTo(before);
                    return X.orElse("unbound");
                }));

        ScopedValue.where(X, "starter").run(() -> assertThat(g.switchTo()).isEqualTo("unbound"));
        ScopedValue.where(X, "resumer").run(() -> assertThat(g.switchTo()).isEqualTo("unbound"));
    }

    @Test
    void p52_twoGreenlets_whoseWhereBlocksEndInNonNestedOrder_seeTheirOwnAndMainSeesNone() {
        List<String> seen = new ArrayList<>();
        Greenlet a = where("a", seen);
        Greenlet b = where("b", seen);

        a.switchTo();
        b.switchTo();
        assertThat(X.isBound()).isFalse();
        a.switchTo(); // a's block ends first, although b's began later
        assertThat(X.isBound()).isFalse();
        b.switchTo();

        assertThat(seen).containsExactly("a", "b", "a again", "a after: unbound", "b again", "b after: unbound");
        assertThat(X.isBound()).isFalse();
        assertThat(ScopedValue.where(X, "main").<String, RuntimeException>call(X::get))
                .isEqualTo("main");
        assertThat(X.isBound()).isFalse();
    }

    private Greenlet where(String name, List<String> seen) {
        return Greenlet.of(name, first -> {
            ScopedValue.where(X, name).run(() -> {
                seen.add(X.get());
                main.switchTo();
                seen.add(X.get() + " again");
            });
            seen.add(name + " after: " + X.orElse("unbound"));
            return null;
        });
    }

    @Test
    void p54_main_keepsItsBindingsWhileGreenletsBindTheirs() {
        Greenlet g = Greenlet.of(first -> ScopedValue.where(Y, "g").call(() -> main.switchTo(X.isBound())));
        ScopedValue.where(X, "main").where(Y, "main's").run(() -> {
            assertThat(g.switchTo()).isEqualTo(false);
            assertThat(X.get() + Y.get()).isEqualTo("mainmain's");
            g.switchTo();
            assertThat(X.get() + Y.get()).isEqualTo("mainmain's");
        });
    }

    @Test
    void p56_whereBlock_thatAnExceptionLeaves_isUndoneInItsGreenletOnly() {
        Greenlet g = Greenlet.of(first -> {
            try {
                ScopedValue.where(X, "inner").run(() -> main.switchTo("waiting"));
            } catch (IllegalStateException expected) {
                return X.orElse("unbound");
            }
            return "not thrown";
        });
        ScopedValue.where(X, "outer").run(() -> {
            g.switchTo();
            assertThat(g.throwInto(new IllegalStateException("leave"))).isEqualTo("unbound");
            assertThat(X.get()).isEqualTo("outer");
        });
    }

    @Test
    void bindings_afterAStackOverflowInAGreenlet_areStillItsOwn() {
        // After an overflow the JDK searches the stack for bindings: it must not find those below the trampoline.
        Greenlet none = Greenlet.of(first -> overflow() + X.orElse("unbound"));
        Greenlet own = Greenlet.of(first -> ScopedValue.where(X, "own").call(() -> overflow() + X.orElse("unbound")));
        Greenlet switching = Greenlet.of(first -> overflow() + main.switchTo("waiting") + X.orElse("unbound"));
        ScopedValue.where(X, "main's").run(() -> {
            assertThat(none.switchTo()).isEqualTo("overflown unbound");
            assertThat(own.switchTo()).isEqualTo("overflown own");
            assertThat(switching.switchTo()).isEqualTo("waiting");
            assertThat(X.get()).isEqualTo("main's");
            assertThat(switching.switchTo("")).isEqualTo("overflown unbound");
            assertThat(X.get()).isEqualTo("main's");
            overflow();
            assertThat(X.get()).isEqualTo("main's");
        });
    }

    private static String overflow() {
        try {
            ScopedValue.where(Y, "deep").run(() -> recurse(0));
            throw new AssertionError("the stack has no end");
        } catch (StackOverflowError expected) {
            return "overflown ";
        }
    }

    @SuppressWarnings("InfiniteRecursion") // until the stack ends
    private static int recurse(int depth) {
        return recurse(depth + 1) + 1;
    }

    @Test
    @Tag("continuations")
    void threadLocals_areTheThreads() {
        ThreadLocal<@Nullable String> local = new ThreadLocal<>();
        local.set("thread's");
        Greenlet g = Greenlet.of(first -> {
            String seen = local.get();
            local.set("changed");
            return seen;
        });
        assertThat(g.switchTo()).isEqualTo("thread's");
        assertThat(local.get()).isEqualTo("changed");
    }

    @Test
    void p53_greenletLocal_isEachGreenletsOwnAndStartsAnew() {
        GreenletLocal<List<String>> local = GreenletLocal.withInitial(ArrayList::new);
        GreenletLocal<String> plain = GreenletLocal.create();
        plain.set("main's");
        Greenlet g = Greenlet.of(first -> {
            assertThat(plain.get()).isNull();
            plain.set("g's");
            added(local, "g");
            main.switchTo();
            added(local, "g again");
            return plain.get() + local.get();
        });

        g.switchTo();
        added(local, "main");
        assertThat(plain.get() + local.get()).isEqualTo("main's[main]");
        assertThat(g.switchTo()).isEqualTo("g's[g, g again]");
        plain.remove();
        assertThat(plain.get()).isNull();
    }

    private static void added(GreenletLocal<List<String>> local, String value) {
        List<String> list = local.get();
        if (list != null) {
            list.add(value);
        }
    }
}
