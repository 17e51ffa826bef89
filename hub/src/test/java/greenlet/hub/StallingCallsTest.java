package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What cannot cooperate holds up the hub, as docs/blocking-calls.md says, and what helps: offload and warm-up. */
@Timeout(120)
class StallingCallsTest {
    @TempDir
    private Path directory;

    private Path fifo() throws Exception {
        Path fifo = directory.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        return fifo;
    }

    private static void readByStream(Path fifo) throws IOException {
        try (FileInputStream in = new FileInputStream(fifo.toFile())) {
            assertThat(in.read()).isEqualTo('x');
        }
    }

    private static void readByChannel(Path fifo) throws IOException {
        try (FileChannel in = FileChannel.open(fifo)) {
            assertThat(in.read(ByteBuffer.allocate(1))).isEqualTo(1);
        }
    }

    /** Opening a FIFO for both directions never waits. */
    private static void writeTo(Path fifo, CountDownLatch read) throws Exception {
        try (FileChannel out = FileChannel.open(fifo, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap(new byte[] {'x'}));
            read.await();
        }
    }

    @Test
    void fifo_readByAStream_holdsUpTheHub() throws Exception {
        Path fifo = fifo();
        assertHoldsUp(() -> readByStream(fifo), "FileInputStream.open0", fifo);
    }

    @Test
    void fifo_readByAChannel_holdsUpTheHub() throws Exception {
        Path fifo = fifo();
        assertHoldsUp(() -> readByChannel(fifo), "UnixNativeDispatcher.open0", fifo);
    }

    /** A row that starts to cooperate with a newer JDK makes this fail: it may then leave the list. */
    private static void assertHoldsUp(Sibling.Step call, String nativeMethod, Path fifo) throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        try (Hub hub = Hub.start()) {
            GreenThread<?> caller = hub.spawn("caller", () -> {
                call.run();
                read.countDown();
            });
            while (!isIn(caller, nativeMethod)) {
                Thread.onSpinWait();
            }
            GreenThread<?> sibling = hub.spawn("sibling", () -> {});
            for (int look = 0; look < 20; look++) {
                assertThat(sibling.join(java.time.Duration.ofMillis(5))).isNull();
                assertThat(isIn(caller, nativeMethod)).isTrue();
            }
            writeTo(fifo, read);
            sibling.get(60, TimeUnit.SECONDS);
            caller.get(60, TimeUnit.SECONDS);
        }
    }

    private static boolean isIn(GreenThread<?> thread, String method) {
        StackTraceElement[] stack = thread.thread().getStackTrace();
        return stack.length > 0 && (stack[0].getClassName() + "." + stack[0].getMethodName()).endsWith(method);
    }

    @Test
    void offload_ofACallThatHoldsUp_letsOthersRun() throws Exception {
        Path fifo = fifo();
        CountDownLatch read = new CountDownLatch(1);

        Sibling.hasTurnsDuring(
                () -> Hubs.offload(() -> {
                    readByStream(fifo);
                    read.countDown();
                    return "read";
                }),
                () -> Hubs.offload(() -> {
                    writeTo(fifo, read);
                    return "written";
                }));
    }

    @Test
    void offload_body_runsOnAPlatformThreadOutsideTheHub() throws Exception {
        Thread thread = Hub.run(() -> Hubs.offload(Thread::currentThread));

        assertThat(thread.isVirtual()).isFalse();
        assertThat(thread.isDaemon()).isTrue();
        assertThat(thread.getName()).startsWith("greenlet-offload-");
    }

    @Test
    void offload_bodyThrows_throwsTheIdenticalObject() {
        IOException failure = new IOException("gone");

        assertThatThrownBy(() -> Hub.run(() -> Hubs.offload(() -> {
                    throw failure;
                })))
                .isSameAs(failure);
    }

    @Test
    void offload_callerInterrupted_interruptsTheBodyAndThrowsAtOnce() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (Hub hub = Hub.start()) {
            GreenThread<String> caller = hub.spawn(() -> {
                try {
                    return Hubs.offload(() -> sleepOn(running, interrupted, mayEnd));
                } catch (InterruptedException e) {
                    return "interrupted";
                }
            });
            running.await();
            caller.thread().interrupt();

            assertThat(caller.get(60, TimeUnit.SECONDS)).isEqualTo("interrupted");
            assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            mayEnd.countDown();
        }
    }

    private static String sleepOn(CountDownLatch running, CountDownLatch interrupted, CountDownLatch mayEnd)
            throws InterruptedException {
        running.countDown();
        try {
            mayEnd.await();
        } catch (InterruptedException e) {
            interrupted.countDown();
            mayEnd.await();
        }
        return "ended";
    }

    @Test
    void offload_toAnExecutor_runsThere() throws Exception {
        Executor named = body -> new Thread(body, "the engine").start();

        assertThat(Hub.run(
                        () -> Hubs.offload(named, () -> Thread.currentThread().getName())))
                .isEqualTo("the engine");
    }

    @Test
    void offload_executorRefuses_throwsItsException() {
        Executor full = body -> {
            throw new RejectedExecutionException("full");
        };

        assertThatThrownBy(() -> Hub.run(() -> Hubs.offload(full, () -> "never")))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("full");
    }

    private static final CountDownLatch INITIALISER_MAY_END = new CountDownLatch(1);

    /** Its initialiser waits for a sibling: on the hub itself that would be for ever. */
    private static final class BlockingInitialiser {
        static {
            try {
                INITIALISER_MAY_END.await();
            } catch (InterruptedException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }

    private static final CountDownLatch STALLING_INITIALISER_BEGUN = new CountDownLatch(1);
    private static final CountDownLatch STALLING_INITIALISER_MAY_END = new CountDownLatch(1);

    /** Its initialiser waits for a thread outside the hub. */
    private static final class StallingInitialiser {
        static {
            STALLING_INITIALISER_BEGUN.countDown();
            try {
                STALLING_INITIALISER_MAY_END.await();
            } catch (InterruptedException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }

    @Test
    void classInitialiser_thatWaits_holdsUpTheHub() throws Exception {
        try (Hub hub = Hub.builder().handOffAfter(java.time.Duration.ZERO).start()) {
            GreenThread<?> caller = hub.spawn("caller", () -> {
                Object made = new StallingInitialiser();
                assertThat(made).isNotNull();
            });
            STALLING_INITIALISER_BEGUN.await();
            GreenThread<?> sibling = hub.spawn("sibling", () -> {});
            for (int look = 0; look < 20; look++) {
                assertThat(sibling.join(java.time.Duration.ofMillis(5))).isNull();
            }
            STALLING_INITIALISER_MAY_END.countDown();
            sibling.get(60, TimeUnit.SECONDS);
            caller.get(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void warmUp_classWhoseInitialiserBlocks_letsOthersRun() throws Exception {
        Sibling.hasTurnsDuring(() -> Hubs.warmUp(BlockingInitialiser.class), INITIALISER_MAY_END::countDown);
    }

    @Test
    void warmUp_ofTheJdk_loadsOffTheHub() throws Exception {
        ForkedJvm.Result result = new ForkedJvm().with("-Xlog:class+init=info").run(WarmUpProgram.class);

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .containsPattern("jdk.internal.net.http.HttpClientImpl[^\\n]*\\n(?s:.*)warmed up")
                .containsPattern("sun.security.ssl.SSLContextImpl[^\\n]*\\n(?s:.*)warmed up");
    }

    /** The program of the test above: what is logged before "warmed up" was initialised by the warm-up. */
    static final class WarmUpProgram {
        private WarmUpProgram() {}

        public static void main(String[] arguments) throws Exception {
            Hub.run(() -> Hubs.warmUp());
            System.out.println("warmed up");
        }
    }

    @Test
    void files_createdOnTheHub_needNoOffload() throws Exception {
        assertThat(Hub.run(() -> Files.createFile(directory.resolve("file")))).exists();
    }
}
