package greenlet.hub;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One body that runs on a thread outside the hub while its caller waits.
 *
 * <p>NEW -> RUNNING // a thread of the executor took it; NEW -> GIVEN_UP // the caller was interrupted first, the body never
 * runs; RUNNING -> ENDED.
 */
final class Offload<T extends @Nullable Object> implements Runnable {
    /** More bodies than these wait for a thread; {@link Hubs#offload(Executor, Body)} takes an executor without that limit. */
    static final int MOST_THREADS = 256;

    private static final long IDLE_SECONDS = 10;

    /** Made when first needed, which is never in most programs. Daemons that end when there has been nothing to do for a while. */
    private static final class Threads {
        private static final AtomicInteger NUMBER = new AtomicInteger();
        static final Semaphore ROOM = new Semaphore(MOST_THREADS, true);
        static final Executor EXECUTOR = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), Threads::thread);

        private static Thread thread(Runnable body) {
            Thread thread = new Thread(null, body, "greenlet-offload-" + NUMBER.incrementAndGet(), 0, false);
            thread.setDaemon(true);
            return thread;
        }
    }

    private enum State {
        NEW,
        RUNNING,
        GIVEN_UP,
        ENDED
    }

    private final Body<T, ?> body;
    private final Runnable atEnd;
    private final CompletableFuture<T> done = new CompletableFuture<>();

    // Guarded by this.
    private State state = State.NEW;
    private @Nullable Thread worker;

    private Offload(Body<T, ?> body, Runnable atEnd) {
        this.body = body;
        this.atEnd = atEnd;
    }

    /** Runs the body on a thread of ours; waits for room if there are too many. */
    static <T extends @Nullable Object> T run(Body<T, ?> body) throws Throwable {
        Threads.ROOM.acquire();
        return new Offload<>(body, Threads.ROOM::release).on(Threads.EXECUTOR);
    }

    /** Runs the body on a thread of the executor. */
    static <T extends @Nullable Object> T run(Executor executor, Body<T, ?> body) throws Throwable {
        return new Offload<>(body, () -> {}).on(executor);
    }

    private T on(Executor executor) throws Throwable {
        try {
            executor.execute(this);
        } catch (Throwable refused) {
            giveUp();
            throw refused;
        }
        try {
            return done.get();
        } catch (ExecutionException e) {
            throw e.getCause() == null ? e : e.getCause();
        } catch (InterruptedException e) {
            giveUp();
            throw e;
        }
    }

    @Override
    public void run() {
        if (!begin()) {
            return;
        }
        try {
            done.complete(body.run());
        } catch (Throwable thrown) { // the caller's, the identical object
            done.completeExceptionally(thrown);
        } finally {
            end();
        }
    }

    private synchronized boolean begin() {
        if (state != State.NEW) {
            return false;
        }
        state = State.RUNNING;
        worker = Thread.currentThread();
        return true;
    }

    /** Under the lock, so that the interrupt of a caller that gives up cannot reach what the thread does next. */
    private void end() {
        synchronized (this) {
            state = State.ENDED;
            worker = null;
            Thread.interrupted();
        }
        atEnd.run();
    }

    private void giveUp() {
        boolean neverRuns;
        synchronized (this) {
            neverRuns = state == State.NEW;
            if (neverRuns) {
                state = State.GIVEN_UP;
            } else if (worker != null) {
                worker.interrupt();
            }
        }
        if (neverRuns) {
            atEnd.run();
        }
    }
}
