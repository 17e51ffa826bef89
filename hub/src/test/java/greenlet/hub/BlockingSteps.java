package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Steps of {@link TwoAtOnceTest} that block the operating system's thread. Those on a process are answered by another green thread of the
 * same hub, which has no turn before the hub is handed over: each of them is a hand-off at any threshold.
 *
 * <p>Each process is used by one green thread at a time and answers with what it is sent. Confined to one hub.
 */
// What a helper comes to shows in what its caller reads.
@SuppressWarnings("FutureReturnValueIgnored")
final class BlockingSteps implements AutoCloseable {
    /** More than fits into the pipes to a process and back. */
    private static final String MORE_THAN_TWO_PIPES = "x".repeat(200_000);

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final Process echo = new ProcessBuilder("cat").start();
    private final ReentrantLock echoLock = new ReentrantLock();
    private final Process full = new ProcessBuilder("cat").start();
    private final ReentrantLock fullLock = new ReentrantLock();
    private final PrintStream printer = new PrintStream(full.getOutputStream(), true, StandardCharsets.UTF_8);
    private final Process deaf = new ProcessBuilder("cat").start();
    private final ReentrantLock deafLock = new ReentrantLock();
    private final FileChannel locked;
    private long answered;

    BlockingSteps(Path directory) throws IOException {
        locked = FileChannel.open(directory.resolve("locked"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** How many steps are over that could not have come to an end without a hand-off. */
    long answered() {
        return answered;
    }

    void readAnswer() throws IOException {
        echoLock.lock();
        try {
            Hub.current().spawn(() -> send(echo, 'x'));
            assertThat(echo.getInputStream().read()).isEqualTo('x');
            answered++;
        } finally {
            echoLock.unlock();
        }
    }

    private static void send(Process process, int value) throws IOException {
        OutputStream out = process.getOutputStream();
        out.write(value);
        out.flush();
    }

    void printIntoAFullPipe() throws Exception {
        fullLock.lock();
        try {
            InputStream back = full.getInputStream();
            GreenThread<byte[]> reader = Hub.current().spawn(() -> back.readNBytes(MORE_THAN_TWO_PIPES.length() + 1));
            printer.print(MORE_THAN_TWO_PIPES + "\n");
            printer.flush();
            assertThat(reader.get()).hasSize(MORE_THAN_TWO_PIPES.length() + 1).endsWith('\n');
            assertThat(printer.checkError()).isFalse();
            answered++;
        } finally {
            fullLock.unlock();
        }
    }

    /** The kill cannot end the call; it ends the one that made it, afterwards, or comes too late. */
    void killOneThatReads() throws Exception {
        deafLock.lock();
        try {
            boolean[] reads = {false};
            GreenThread<Integer> victim = Hub.current().spawn(() -> {
                reads[0] = true;
                return deaf.getInputStream().read();
            });
            OnHub.await(() -> reads[0]); // then it is in the call: that is where it lost its turn
            victim.kill();
            assertThat(victim.isDone()).isFalse();
            send(deaf, 'x');
            assertThat(victim.join()).isNotInstanceOf(Outcome.Failed.class);
            answered++;
        } finally {
            deafLock.unlock();
        }
    }

    /** A place in the file for each: in one JVM two locks of one place are refused. */
    void lockFile(int id) throws IOException {
        try (FileLock lock = locked.lock(id, 1, false)) {
            assertThat(lock.isValid()).isTrue();
        }
    }

    /** The name of an address is looked up each time, in the machine's own files. */
    void lookUpName() throws IOException {
        assertThat(InetAddress.getByAddress(LOOPBACK).getHostName()).isNotEmpty();
    }

    @Override
    public void close() throws IOException {
        locked.close();
        for (Process process : new Process[] {echo, full, deaf}) {
            process.destroy();
        }
    }
}
