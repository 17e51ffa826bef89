package greenlet.launch;

import greenlet.hub.GreenThread;
import greenlet.hub.Group;
import greenlet.hub.Hub;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Clients of CrowdProofTest's servers, in a JVM of their own so that each side has its own descriptors. All at once: idle ones; stuck ones, which
 * send requests and do not read; such as stall in a TLS handshake; and busy ones, among them slow readers, half-closers and such as reset. Idle and stuck ones wait
 * until the test has looked at the server (it opens the gate); then they must still be served.
 */
public final class ClientCrowd {
    /** The largest request. */
    public static final int LARGEST_BYTES = 20_000;

    private static final int LOOPBACKS = 8;
    private static final int SMALL_BUFFER_BYTES = 4096;

    /** So many of the largest requests are more than all buffers between the two hold. */
    private static final int STUCK_REQUESTS = 40;

    /** The beginning of a record with a handshake message of 512 bytes, of which no more comes. */
    private static final byte[] HALF_A_HELLO = {22, 3, 1, 2, 0, 1, 0};

    private final int port;
    private final int tlsPort;
    private final int gatePort;
    private int connected;

    private ClientCrowd(int port, int tlsPort, int gatePort) {
        this.port = port;
        this.tlsPort = tlsPort;
        this.gatePort = gatePort;
    }

    /**
     * Plays the crowd and says how it went.
     *
     * @param args port of the server, of the TLS server and of the gate; idle, busy, stuck and stalled clients, exchanges of each busy one
     * @throws Exception what nobody expects
     */
    public static void main(String[] args) throws Exception {
        int[] numbers = Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
        ClientCrowd crowd = new ClientCrowd(numbers[0], numbers[1], numbers[2]);
        Hub.run(() -> crowd.play(numbers[3], numbers[4], numbers[5], numbers[6], numbers[7]));
    }

    private void play(int idle, int busy, int stuck, int stalled, int exchanges) throws Exception {
        List<Socket> waiting = new ArrayList<>();
        for (int i = 0; i < idle; i++) {
            waiting.add(connect(port));
        }
        List<Socket> stalling = new ArrayList<>();
        for (int i = 0; i < stalled; i++) {
            Socket socket = connect(tlsPort);
            socket.getOutputStream().write(HALF_A_HELLO);
            stalling.add(socket);
        }
        List<Socket> unread = new ArrayList<>();
        List<GreenThread<?>> senders = new ArrayList<>();
        for (int i = 0; i < stuck; i++) {
            Socket socket = connect(port);
            unread.add(socket);
            int number = i;
            senders.add(Hub.current().spawn(() -> sendMany(socket, number)));
        }
        int answered;
        try (Group<Integer, List<Integer>> group = Group.open()) {
            for (int i = 0; i < busy; i++) {
                int number = i;
                var _ = group.spawn(() -> busy(number, exchanges));
            }
            answered = group.join().stream().mapToInt(Integer::intValue).sum();
        }
        try (Socket gate = new Socket(InetAddress.getLoopbackAddress(), gatePort)) {
            if (gate.getInputStream().read() != 1) {
                throw new IOException("the gate was not opened");
            }
        }
        for (int i = 0; i < stuck; i++) {
            receiveMany(unread.get(i), i);
            senders.get(i).get();
            unread.get(i).close();
        }
        for (Socket each : stalling) {
            each.close();
        }
        for (Socket each : waiting) {
            exchange(each, new byte[] {1, 2, 3}, false);
            each.close();
        }
        System.out.println("answered " + answered + " unstuck " + unread.size() + " awake " + waiting.size());
    }

    /** From one address after the other, so that no one's ports run out. */
    private Socket connect(int toPort) throws IOException {
        connected++;
        Socket socket = new Socket();
        socket.setReceiveBufferSize(SMALL_BUFFER_BYTES);
        socket.bind(new InetSocketAddress(
                InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) (1 + connected % LOOPBACKS)}), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), toPort));
        return socket;
    }

    /** One of the crowd; how many of its exchanges came back right. */
    private int busy(int number, int exchanges) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(number);
        int answered = 0;
        Socket socket = connect(port);
        for (int i = 0; i < exchanges; i++) {
            byte[] request = new byte[1 + random.nextInt(LARGEST_BYTES)];
            random.nextBytes(request);
            switch (number % 4) {
                case 0 -> exchange(socket, request, false);
                case 1 -> exchange(socket, request, true);
                case 2 -> {
                    reset(request);
                    exchange(socket, request, false);
                }
                default -> {
                    socket.close();
                    socket = connect(port);
                    send(socket, request);
                    socket.shutdownOutput();
                    receive(socket, request, false);
                }
            }
            answered++;
        }
        socket.close();
        return answered;
    }

    private static byte[] stuckRequest(int number, int i) {
        byte[] request = new byte[LARGEST_BYTES];
        Arrays.fill(request, (byte) (31 * number + i));
        return request;
    }

    private static void sendMany(Socket socket, int number) throws IOException {
        for (int i = 0; i < STUCK_REQUESTS; i++) {
            send(socket, stuckRequest(number, i));
        }
    }

    private static void receiveMany(Socket socket, int number) throws IOException {
        for (int i = 0; i < STUCK_REQUESTS; i++) {
            receive(socket, stuckRequest(number, i), false);
        }
    }

    private static void exchange(Socket socket, byte[] request, boolean slowly)
            throws IOException, InterruptedException {
        GreenThread<?> sender = Hub.current().spawn(() -> send(socket, request)); // neither side's buffers hold it all
        receive(socket, request, slowly);
        sender.join();
    }

    private static void send(Socket socket, byte[] request) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(request.length);
        out.write(request);
    }

    private static void receive(Socket socket, byte[] expected, boolean slowly) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] answer = new byte[expected.length];
        if (slowly) {
            for (int at = 0; at < answer.length; at += 512) {
                in.readFully(answer, at, Math.min(512, answer.length - at));
                GreenThread.yieldTurn();
            }
        } else {
            in.readFully(answer);
        }
        if (!Arrays.equals(expected, answer)) {
            throw new IOException("another answer than was due");
        }
    }

    /** Begins a request and resets the connection in the middle. */
    private void reset(byte[] request) throws IOException {
        try (Socket socket = connect(port)) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(request.length);
            out.write(request, 0, Math.min(request.length / 2, SMALL_BUFFER_BYTES));
            socket.setSoLinger(true, 0);
        }
    }
}
