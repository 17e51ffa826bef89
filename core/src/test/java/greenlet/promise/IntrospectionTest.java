package greenlet.promise;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.Greenlet;
import greenlet.GreenletState;
import greenlet.OnThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Promises 46 to 51: stacks, trees, depth. */
class IntrospectionTest {
    private final Greenlet main = Greenlet.current();

    private @Nullable Object waiting() {
        return main.switchTo("waiting");
    }

    private @Nullable Object deeper() {
        return waiting();
    }

    @Test
    void p46_p47_stackTrace_isTheWholeStackOfASuspendedOneOnly() {
        Greenlet g = Greenlet.of("g", first -> {
            assertThat(Greenlet.current().stackTrace()).isEmpty();
            return deeper();
        });
        assertThat(g.stackTrace()).isEmpty();
        g.switchTo();

        List<StackTraceElement> stack = g.stackTrace();
        assertThat(stack).extracting(StackTraceElement::getMethodName).startsWith("switchTo", "waiting", "deeper");
        // It ends at the body: not linked to the stack of whoever resumes it.
        assertThat(stack.getLast().getMethodName())
                .startsWith("lambda$p46_p47_stackTrace_isTheWholeStackOfASuspendedOneOnly");
        g.switchTo();
        assertThat(g.stackTrace()).isEmpty();
        assertThat(main.stackTrace()).isEmpty();
    }

    /** What a thread dump shows: the JVM finds a greenlet's frames by links that its run makes, and takes away again. */
    @Test
    @Tag("continuations")
    void p46_virtualThread_thatParksInAGreenlet_showsItsFramesAndAfterwardsNoMore() throws InterruptedException {
        CountDownLatch released = new CountDownLatch(1);
        Thread owner = Thread.startVirtualThread(() -> {
            Greenlet.of("g", first -> parksInside(released)).switchTo();
            parksOutside();
        });
        awaitFrames(owner, "parksInside", "park");
        released.countDown();
        awaitFrames(owner, "parksOutside", "park");
        LockSupport.unpark(owner);
        owner.join();
    }

    private static @Nullable Object parksInside(CountDownLatch released) throws InterruptedException {
        released.await();
        return null;
    }

    private static void parksOutside() {
        LockSupport.park(IntrospectionTest.class);
    }

    private static void awaitFrames(Thread owner, String... names) {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!Arrays.stream(owner.getStackTrace())
                .map(StackTraceElement::getMethodName)
                .toList()
                .containsAll(List.of(names))) {
            assertThat(System.nanoTime()).as("it shows %s", (Object) names).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void p48_stackTrace_fromAnotherThread_isReadWhileItsOwnerWaits() throws InterruptedException {
        Greenlet g = Greenlet.of("g", first -> deeper());
        g.switchTo();
        List<StackTraceElement> seen = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Thread other = Thread.ofPlatform().start(() -> {
            seen.addAll(g.stackTrace());
            g.tree().forEach(one -> names.add(one.name() + " " + one.state()));
        });
        other.join();

        assertThat(seen).extracting(StackTraceElement::getMethodName).contains("waiting", "deeper");
        assertThat(names).contains("main RUNNING", "g SUSPENDED");
        g.close();
    }

    @Test
    void p48_stackTrace_ofADeadOneOfAnotherThread_isEmptyAlsoAfterTheThreadHasEnded() throws InterruptedException {
        Late<Greenlet> dead = new Late<>();
        Late<Greenlet> left = new Late<>();
        CountDownLatch looked = new CountDownLatch(1);
        CountDownLatch ready = new CountDownLatch(1);
        Thread other = Thread.ofPlatform().start(() -> {
            Greenlet here = Greenlet.current();
            dead.set(Greenlet.of("dead", first -> here.switchTo()));
            dead.get().switchTo();
            left.set(Greenlet.of("left", first -> here.switchTo()));
            left.get().switchTo();
            dead.get().close();
            ready.countDown();
            await(looked);
        });
        await(ready);
        assertThat(dead.get().stackTrace()).isEmpty();
        assertThat(left.get().stackTrace()).isNotEmpty();
        assertThat(dead.get().tree()).contains(left.get()).doesNotContain(dead.get());
        looked.countDown();
        other.join();

        assertThat(left.get().state()).isEqualTo(GreenletState.DEAD);
        for (Greenlet g : List.of(dead.get(), left.get())) {
            assertThat(g.stackTrace()).isEmpty();
            assertThat(g.toString()).contains("DEAD");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void tree_listsTheLivingMainFirst() throws InterruptedException {
        List<String> seen = new ArrayList<>();
        Thread thread = Thread.ofPlatform().start(() -> {
            Greenlet here = Greenlet.current();
            Greenlet a = Greenlet.of("a", first -> here.switchTo());
            a.switchTo();
            Greenlet.of("dead", first -> first).switchTo();
            Greenlet unstarted = Greenlet.of("unstarted", first -> first);
            Greenlet b = Greenlet.of("b", first -> {
                here.tree().forEach(one -> seen.add(one.name() + " " + one.state()));
                return null;
            });
            b.switchTo();
            seen.add(unstarted.name());
            a.close();
        });
        thread.join();
        assertThat(seen).containsExactly("main SUSPENDED", "b RUNNING", "a SUSPENDED", "unstarted");
    }

    @Test
    @Tag("continuations")
    void p51_depth_isCountedFromTheThreadsRootNotInherited() {
        // The trampoline runs every greenlet from the main greenlet's frame: sixty that each go down a fortieth of the
        // stack and start the next from there fit, though together they are half as deep again as the stack. (It is
        // measured in frames, which interpreted are several times as large as compiled.)
        OnThread.withStack(4 << 20, () -> {
            int fortieth = depthOf(0) / 40;
            assertThat(nest(60, fortieth)).isEqualTo("bottom");
        });
    }

    private static @Nullable Object nest(int levels, int depth) {
        return levels == 0
                ? "bottom"
                : Greenlet.of(first -> descend(depth, levels, depth)).switchTo();
    }

    private static @Nullable Object descend(int depth, int levels, int whole) {
        if (depth == 0) {
            return nest(levels - 1, whole);
        }
        Object result = descend(depth - 1, levels, whole);
        return result; // not a tail call: the frame stays
    }

    @SuppressWarnings("InfiniteRecursion") // until the stack ends
    private static int depthOf(int depth) {
        try {
            return depthOf(depth + 1);
        } catch (StackOverflowError end) {
            return depth;
        }
    }
}
