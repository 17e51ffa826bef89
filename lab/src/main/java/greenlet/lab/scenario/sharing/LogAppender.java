package greenlet.lab.scenario.sharing;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadFactory;

/**
 * A log whose writer is a task of its own behind a bounded queue, as the asynchronous appenders of logging libraries are. To the caller
 * {@link #log} looks harmless; it blocks whenever the writer is behind.
 *
 * <p>Safe for use from any thread.
 */
final class LogAppender {
    private static final int QUEUE = 1;
    private static final String END = "";

    private final BlockingQueue<String> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Thread writer;
    private volatile long written;

    private LogAppender(ThreadFactory threads) {
        writer = threads.newThread(this::write);
    }

    static LogAppender open(ThreadFactory threads) {
        LogAppender appender = new LogAppender(threads);
        appender.writer.start();
        return appender;
    }

    void log(String line) throws InterruptedException {
        queue.put(line);
    }

    /** Characters that the writer has seen. */
    long written() {
        return written;
    }

    /** Waits until the writer has all. */
    void close() throws InterruptedException {
        queue.put(END);
        writer.join();
    }

    private void write() {
        long characters = 0;
        try {
            for (String line = queue.take(); !line.equals(END); line = queue.take()) {
                characters += line.length();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
        written = characters;
    }
}
