package greenlet.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Runs a test's body on a hub of its own and keeps what the hub's handler of uncaught exceptions was told. For one test at a time. */
final class OnHub {
    private final List<Throwable> told = new ArrayList<>();

    void run(Action<Exception> body) throws Exception {
        Hub.builder().uncaught((thread, failure) -> told.add(failure)).<Object, Exception>run(() -> {
            body.run();
            return "done";
        });
    }

    /** To be looked at when {@link #run} is over, or by its body. */
    List<Throwable> told() {
        return told;
    }

    /** Lets other green threads run until that holds; the test's own timeout bounds it. */
    static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(1);
        }
    }
}
