package greenlet.hub;

import greenlet.GreenletExit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The caller's side of {@link Hub#run(Body)}: waits, forwards interrupts, closes, and hands over the outcome. */
final class MainCall {
    /** What becomes of the other green threads when the main one has returned. */
    enum Rest {
        IS_AWAITED,
        IS_KILLED
    }

    private MainCall() {}

    static <T extends @Nullable Object, X extends Throwable> T call(Hub hub, Body<T, X> main, Rest rest) throws X {
        Outcome<T> outcome;
        try {
            outcome = awaitMain(hub.spawnMain(main));
        } catch (Throwable t) { // no memory for it, and nobody else has this hub
            hub.close(Duration.ZERO);
            throw t;
        }
        boolean interrupted = false;
        if (rest == Rest.IS_AWAITED && outcome instanceof Outcome.Returned<T>) {
            interrupted = !awaitSpawned(hub);
        }
        hub.close(Duration.ZERO);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        GreenThread.requireAlive();
        return switch (outcome) {
            case Outcome.Returned<T>(T value) -> value;
            case Outcome.Failed<T>(Throwable failure) -> throw MainCall.<X>identical(failure);
            case Outcome.Exited<T>(GreenletExit exit) -> throw exit;
        };
    }

    /** The body stands in for the caller: an interrupt of the caller is passed on to it. */
    private static <T extends @Nullable Object> Outcome<T> awaitMain(GreenThread<T> main) {
        while (true) {
            try {
                return main.awaitRegardless();
            } catch (InterruptedException e) {
                main.thread().interrupt();
            }
        }
    }

    /** False if the caller was interrupted, which ends the waiting. */
    private static boolean awaitSpawned(Hub hub) {
        try {
            hub.awaitSpawned();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Throws any throwable as it is: what the body may throw is what {@code run} declares. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> X identical(Throwable failure) throws X {
        throw (X) failure;
    }
}
