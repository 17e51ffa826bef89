package greenlet.promise;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.Greenlet;
import greenlet.GreenletState;
import greenlet.OnThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Promises 46 to 49 against an owner that goes on switching: other threads walk its greenlets' stacks, trees, names,
 * parents and states. Without the guard of a walk (ADR 0103) this crashes the JVM within seconds. A virtual owner parks and
 * yields inside its greenlets as well, which unmounts them together with their thread: then a walk meets a greenlet that is
 * current and not mounted. 20,000 stacks usually, 5,000 and 50 waits of the virtual owner's; with
 * {@code -Dgreenlet.proofs=thorough} 60 seconds each; with {@code ci} 60 and 20.
 */
@Tag("continuations")
class IntrospectionStressTest {
    private static final int WALKED = 4;
    private static final int STACKS = 20_000;
    private static final int STACKS_OF_VIRTUAL = 5_000;
    private static final int WAITS_OF_VIRTUAL = 50;
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration LONG_OF_VIRTUAL_IN_CI = Duration.ofSeconds(20);

    private final boolean isLong = !"default".equals(System.getProperty("greenlet.proofs", "default"))
            && !Boolean.getBoolean("greenlet.strict");
    private final long begun = System.nanoTime();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final List<Greenlet> walked = new CopyOnWriteArrayList<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private final AtomicLong stacks = new AtomicLong();
    private final AtomicLong switches = new AtomicLong();
    private final AtomicLong waits = new AtomicLong();
    private int enoughStacks = STACKS;
    private Duration longEnough = LONG;

    /** Of an owner that waits inside its greenlets; null for one that does not. */
    private @Nullable Random waiting;

    /** Owner and readers stop when so much has been read, or for a long one so much time has passed. */
    private boolean isToGoOn() {
        boolean enough = stacks.get() >= enoughStacks
                && (waiting == null || waits.get() >= WAITS_OF_VIRTUAL)
                && (!isLong || System.nanoTime() - begun >= longEnough.toNanos());
        return problems.isEmpty() && !enough;
    }

    @Test
    void walking_whileTheOwnerSwitches_neverCrashesAndNeverLies() throws InterruptedException {
        walkAll(OnThread::platform);
    }

    @Test
    void walking_whileAVirtualOwnerParksInsideItsGreenlets_neverCrashesAndNeverLies() throws InterruptedException {
        enoughStacks = STACKS_OF_VIRTUAL;
        longEnough = "ci".equals(System.getProperty("greenlet.proofs")) ? LONG_OF_VIRTUAL_IN_CI : LONG;
        waiting = new Random(3);
        walkAll(OnThread::virtual);
    }

    private void walkAll(Consumer<OnThread.Task> owner) throws InterruptedException {
        List<Thread> readers = new ArrayList<>();
        for (int seed = 1; seed <= 2; seed++) {
            Random random = new Random(seed);
            readers.add(Thread.ofPlatform().name("reader-" + seed).start(() -> walk(random)));
        }
        owner.accept(this::own);
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(problems).isEmpty();
        assertThat(switches.get()).isPositive();
        System.out.println("introspection: " + stacks + " stacks read during " + switches + " switches and " + waits
                + " waits in " + Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " s");
    }

    private void own() {
        Greenlet here = Greenlet.current();
        for (int i = 0; i < WALKED; i++) {
            int depth = i * 20;
            walked.add(Greenlet.of("walked-" + i, first -> spin(here, depth)));
        }
        walked.forEach(Greenlet::switchTo);
        ready.countDown();
        while (isToGoOn()) {
            walked.forEach(Greenlet::switchTo);
            Greenlet.of("short-lived", first -> first).switchTo(); // trees change too
            switches.addAndGet(WALKED + 1L);
        }
        walked.forEach(Greenlet::close);
    }

    private @Nullable Object spin(Greenlet here, int depth) {
        if (depth > 0) {
            return spin(here, depth - 1) + "!"; // not a tail call: the frame stays
        }
        while (true) {
            here.switchTo();
            maybeWait();
        }
    }

    /** Unmounts the owner, greenlet and all, one time in four. */
    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it: it unmounts the thread
    private void maybeWait() {
        Random random = waiting;
        if (random == null) {
            return;
        }
        switch (random.nextInt(8)) {
            case 0 -> LockSupport.parkNanos(1_000);
            case 1 -> Thread.yield();
            default -> {
                return;
            }
        }
        waits.incrementAndGet();
    }

    private void walk(Random random) {
        try {
            ready.await();
            while (isToGoOn()) {
                look(walked.get(random.nextInt(WALKED)), random.nextInt(8));
            }
        } catch (InterruptedException | RuntimeException | AssertionError thrown) {
            problems.add(thrown.toString());
        }
    }

    /** Stacks mostly: they are what is dangerous. */
    private void look(Greenlet greenlet, int dice) {
        switch (dice) {
            case 0 -> assertThat(greenlet.tree()).extracting(Greenlet::name).startsWith("main");
            case 1 -> assertThat(greenlet.state()).isNotEqualTo(GreenletState.UNSTARTED);
            case 2 -> assertThat(greenlet.parent()).isNotNull();
            case 3 -> assertThat(greenlet.toString()).contains("walked-");
            default -> {
                List<StackTraceElement> stack = greenlet.stackTrace();
                if (!stack.isEmpty()) {
                    assertThat(stack.getFirst().getMethodName()).isEqualTo("switchTo");
                    assertThat(stack.getLast().getMethodName()).startsWith("lambda$");
                    stacks.incrementAndGet();
                }
            }
        }
    }
}
