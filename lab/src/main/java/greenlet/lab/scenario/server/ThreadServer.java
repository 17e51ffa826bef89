package greenlet.lab.scenario.server;

import greenlet.lab.process.ProcessCpu;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

/**
 * The server as the textbook has it: one task accepts, and each connection has a task that reads and writes with plain blocking calls. All
 * are tasks of one mechanism.
 */
public final class ThreadServer implements ServerUnderTest {
    private static final int BACKLOG = 4096;
    private static final int LONGEST_REQUEST = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ThreadFactory threads;
    private final ServerSocket listener;
    private final RequestWork work;
    private final Thread acceptor;
    /** The open connections and the task of each. */
    private final ConcurrentHashMap<Socket, Thread> connections = new ConcurrentHashMap<>();

    private ThreadServer(ThreadFactory threads, ServerSocket listener, RequestWork work) {
        this.threads = threads;
        this.listener = listener;
        this.work = work;
        acceptor = threads.newThread(this::accept);
    }

    static ThreadServer start(ThreadFactory threads) throws IOException {
        return start(threads, RequestWork.NONE);
    }

    /**
     * Starts a server. Not a switch point.
     *
     * @param threads what makes its tasks
     * @param work what each request costs beside being read and answered
     * @return the server, listening on loopback
     * @throws IOException if it cannot listen
     */
    public static ThreadServer start(ThreadFactory threads, RequestWork work) throws IOException {
        ThreadServer server =
                new ThreadServer(threads, new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()), work);
        server.acceptor.start();
        return server;
    }

    @Override
    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public boolean keepsConnections() {
        return true;
    }

    @Override
    public long cpuNanos() {
        return ProcessCpu.nanos();
    }

    @Override
    public ServerMemory memory() throws IOException {
        return ServerMemory.ofThisProcess();
    }

    @Override
    public ServerMemory baseline() throws IOException {
        return memory();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        awaitEnd(acceptor);
        Map<Socket, Thread> open = Map.copyOf(connections);
        for (Socket socket : open.keySet()) {
            socket.close();
        }
        open.values().forEach(ThreadServer::awaitEnd);
    }

    private static void awaitEnd(Thread task) {
        try {
            task.join(PATIENCE);
        } catch (InterruptedException interrupted) {
            // Whoever interrupts wants an end, and all sockets are closed or about to be.
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                Thread task = threads.newThread(() -> serve(socket));
                connections.put(socket, task);
                task.start();
            }
        } catch (IOException closed) {
            // The listener is closed: that is how this task is told to end.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            byte[] buffer = new byte[LONGEST_REQUEST];
            while (Http.readRequest(in, buffer)) {
                work.perform();
                out.write(Http.ANSWER);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (IOException gone) {
            // The client is gone, or the server is being closed; the generator tells which requests went unanswered.
        } finally {
            connections.remove(socket);
        }
    }
}
