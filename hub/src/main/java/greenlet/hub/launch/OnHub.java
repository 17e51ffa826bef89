package greenlet.hub.launch;

import greenlet.hub.Hub;
import greenlet.hub.HubBuilder;
import greenlet.hub.Hubs;
import greenlet.hub.Watch;
import greenlet.hub.internal.jdk.JdkLauncher;
import greenlet.hub.internal.jdk.MakerAgent;
import java.io.File;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs the unmodified {@code main} of a program as a green thread of a hub; its virtual threads follow it there.
 *
 * <pre>{@code
 * java --add-opens java.base/java.lang=ALL-UNNAMED -javaagent:greenlet-hub.jar -cp app.jar:greenlet-hub.jar:greenlet-core.jar \
 *     greenlet.hub.launch.OnHub [--watch=MILLIS [--idle-limit=MILLIS]] [--dump-on-signal=NAME] [--hide=NUMBER] [-jar] TARGET [ARGUMENT...]
 * }</pre>
 *
 * <p>{@code ./greenlet run} does that. The hub is never closed: as without it, the JVM ends when the last thread that is no daemon has
 * ended, and virtual threads work on as long. What {@code main} throws is thrown on by this {@code main}, so that the JVM does with it
 * what it always does; a handler of uncaught exceptions that {@code main} has set for its own thread goes with it. Without the agent, platform threads that {@code main} makes are daemons, as those of every virtual thread are. {@code docs/run.md} lists what is different.
 *
 * <p>Confined to the main thread of its JVM.
 */
public final class OnHub {
    private @Nullable Throwable thrown;

    /** The handler that the program's {@code main} has set for its own thread, if it has thrown. */
    private Thread.@Nullable UncaughtExceptionHandler own;

    private OnHub() {}

    /**
     * Runs the program and returns when its {@code main} has returned.
     *
     * @param arguments options, the target and its arguments
     * @throws Throwable what the program's {@code main} threw, the identical object
     */
    public static void main(String[] arguments) throws Throwable {
        Options options = Options.parse(arguments);
        String signal = options.dumpSignal();
        if (signal != null) {
            Hubs.dumpOnSignal(signal, dump -> System.err.println(dump.toText()));
        }
        HubBuilder builder = Hub.builder().name("main");
        Duration watchLimit = options.watchLimit();
        Duration idleLimit = options.idleLimit();
        if (watchLimit != null && idleLimit != null) {
            builder.watch(Watch.standard().limit(watchLimit).idleLimit(idleLimit))
                    .recordSpawns();
        }
        hide(options.hidden());
        new OnHub().run(builder.start(), options);
    }

    /** The program is to see the class path that it would have without a hub. */
    private static void hide(int entries) {
        List<String> all = Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator, -1));
        List<String> seen = all.subList(0, Math.max(0, all.size() - entries));
        System.setProperty("java.class.path", String.join(File.pathSeparator, seen));
    }

    private void run(Hub hub, Options options) throws Throwable {
        hub.spawn("main", () -> runMain(options)).join();
        Throwable failure = thrown;
        if (failure != null) {
            if (own != null) {
                Thread.currentThread().setUncaughtExceptionHandler(own);
            }
            throw failure;
        }
    }

    /** Never throws: what it catches is for the JVM, not for the hub. */
    @SuppressWarnings("ReferenceEquality") // the handler itself
    private void runMain(Options options) {
        Thread self = Thread.currentThread();
        Thread.UncaughtExceptionHandler hubs = self.getUncaughtExceptionHandler();
        try {
            var _ = MakerAgent.treatCallerAsNoDaemon();
            Class<?> main = JdkLauncher.load(options.isJar(), options.target());
            JdkLauncher.invoke(main, options.arguments().toArray(String[]::new));
        } catch (Throwable failure) {
            thrown = failure;
            Thread.UncaughtExceptionHandler last = self.getUncaughtExceptionHandler();
            own = last == hubs || last instanceof ThreadGroup ? null : last;
        }
    }
}
