package greenlet.launch;

import greenlet.Coroutine;
import greenlet.Generator;
import greenlet.Greenlet;
import greenlet.GreenletLocal;
import greenlet.host.GreenletHost;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Uses this library for the first time at the end of a stack, again at each of the frames above it, and then where there is
 * room. Prints {@code usable} or the failure. The argument says what is used.
 */
@SuppressWarnings("InfiniteRecursion") // the end of the stack is the point
final class FirstUse {
    private static final int FRAMES = 500;
    private static final long STACK_BYTES = 320 << 10;

    // Here, so that nothing of the test's own is linked near the end.
    private static final Greenlet.Body BODY = first -> first;
    private static final Generator.Body<Integer> YIELDING = out -> out.yield(1);
    private static final Coroutine.Body<Integer, Integer> ANSWERING = (first, self) -> self.yield(first);

    @SuppressWarnings("UnnecessaryLambda")
    private static final Supplier<Integer> ONE = () -> 1;

    private final String entry;
    private @Nullable Throwable near;
    private @Nullable Throwable far;

    private FirstUse(String entry) {
        this.entry = entry;
    }

    /** Prints what came of both. */
    public static void main(String[] args) throws InterruptedException {
        FirstUse test = new FirstUse(args[0]);
        Thread thread = new Thread(null, test::run, "short", STACK_BYTES);
        thread.start();
        thread.join();
        Throwable far = test.far;
        System.out.println((far == null ? "usable" : "unusable: " + far) + ", near the end: " + test.near);
        if (far != null) {
            far.printStackTrace(System.out); // the output is what the test reads, and shows when it fails
        }
    }

    private void run() {
        descend();
        try {
            use();
            for (Greenlet each : List.of(Greenlet.of(BODY), Greenlet.of("named", BODY))) {
                if (!"sent".equals(each.switchTo("sent"))) {
                    throw new AssertionError("not what was sent");
                }
            }
        } catch (Throwable failure) {
            far = failure;
        }
    }

    private int descend() {
        int above;
        try {
            above = descend() + 1;
        } catch (StackOverflowError end) {
            above = 0;
        }
        if (above <= FRAMES) {
            try {
                use();
            } catch (Throwable failure) {
                near = near instanceof LinkageError ? near : failure;
            }
        }
        return above;
    }

    private void use() {
        switch (entry) {
            case "current" -> Greenlet.current();
            case "of" -> Greenlet.of(BODY).switchTo(null);
            case "generator" -> {
                try (Generator<Integer> numbers = Generator.of(YIELDING)) {
                    numbers.iterator().next();
                }
            }
            case "coroutine" -> {
                try (Coroutine<Integer, Integer> echo = Coroutine.of(ANSWERING)) {
                    echo.resume(1);
                }
            }
            case "local" -> GreenletLocal.withInitial(ONE).get();
            case "counts" -> Objects.requireNonNull(GreenletHost.counts());
            default -> throw new IllegalArgumentException(entry);
        }
    }
}
