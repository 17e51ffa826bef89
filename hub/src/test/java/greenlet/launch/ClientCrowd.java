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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;

/**
 * Clients of CrowdProofTest's servers, in a JVM of their own so that each side has its own descriptors. All at once: idle ones; stuck ones, which
 * send requests and do not read; such as stall in a TLS handshake; and busy ones, among them slow readers, half-closers and such as reset.
 *
 * <p>The test looks at the server twice, until it opens the gate. First when all busy ones are in the middle of an exchange, half of theirs done, and a storm is
 * about to break: many connections, which are all reset at once while the busy ones go on. Then when these have ended. Idle and stuck ones must still be served
 * after that.
 */
public final class ClientCrowd {
    /** The largest request: an answer to it is more than all buffers between the two hold. */
    public static final int LARGEST_BYTES = 200_000;

    private static final int USUAL_BYTES = 20_000;

    private static final int LOOPBACKS = 8;
    private static final int SMALL_BUFFER_BYTES = 4096;

    /** So many of the usual requests are more than all buffers between the two hold. */
    private static final int STUCK_REQUESTS = 40;

    /** The beginning of a record with a handshake message of 512 bytes, of which no more comes. */
    private static final byte[] HALF_A_HELLO = {22, 3, 1, 2, 0, 1, 0};

    private final int port;
    private final int tlsPort;
    private final int gatePort;
    private final List<String> inTheMiddle = new ArrayList<>();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private int connected;

    private ClientCrowd(int port, int tlsPort, int gatePort) {
        this.port = port;
        this.tlsPort = tlsPort;
        this.gatePort = gatePort;
    }

    /**
     * Plays the crowd and says how it went.
     *
     * @param args port of the server, of the TLS server and of the gate; idle, busy, stuck and stalled clients, exchanges of each busy one,
     *     connections of the storm
     * @throws Exception what nobody expects
     */
    public static void main(String[] args) throws Exception {
        int[] numbers = Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
        ClientCrowd crowd = new ClientCrowd(numbers[0], numbers[1], numbers[2]);
        Hub.run(() -> crowd.play(numbers[3], numbers[4], numbers[5], numbers[6], numbers[7], numbers[8]));
    }

    private void play(int idle, int busy, int stuck, int stalled, int exchanges, int storm) throws Exception {
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
        List<Socket> gathering = gather(storm);
        int answered;
        try (Group<Integer, List<Integer>> group = Group.open()) {
            CountDownLatch held = new CountDownLatch(busy);
            for (int i = 0; i < busy; i++) {
                int number = i;
                var _ = group.spawn(() -> busy(number, exchanges, held));
            }
            var _ = group.spawn(() -> {
                held.await();
                knock(inTheMiddle);
                goOn.countDown();
                for (Socket each : gathering) {
                    each.close();
                }
                return 0;
            });
            answered = group.join().stream().mapToInt(Integer::intValue).sum();
        }
        knock(List.of());
        for (int i = 0; i < stuck; i++) {
            receiveMany(unread.get(i), i);
            senders.get(i).get();
            unread.get(i).close();
        }
        for (Socket each : stalling) {
            each.close();
        }
        for (Socket each : waiting) {
            exchange(each, new byte[] {1, 2, 3});
            each.close();
        }
        System.out.println("answered " + answered + " unstuck " + unread.size() + " awake " + waiting.size());
    }

    /** Waits until the test has looked; tells it whom to look for, and where in its server. */
    private void knock(List<String> lines) throws IOException {
        try (Socket gate = new Socket(InetAddress.getLoopbackAddress(), gatePort)) {
            gate.getOutputStream().write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
            gate.shutdownOutput();
            if (gate.getInputStream().read() != 1) {
                throw new IOException("the gate was not opened");
            }
        }
    }

    /** Connections whose close resets them: before, in the middle of and after a request, whose answer nobody reads. */
    private List<Socket> gather(int storm) throws IOException {
        List<Socket> gathering = new ArrayList<>();
        byte[] request = new byte[USUAL_BYTES];
        for (int i = 0; i < storm; i++) {
            Socket socket = connect(port);
            socket.setSoLinger(true, 0);
            switch (i % 3) {
                case 0 -> {}
                case 1 -> sendHalf(socket, request);
                default -> send(socket, request);
            }
            gathering.add(socket);
        }
        return gathering;
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
    private int busy(int number, int exchanges, CountDownLatch held) throws IOException, InterruptedException {
        SplittableRandom random = new SplittableRandom(number);
        int answered = 0;
        Socket socket = connect(port);
        for (int i = 0; i < exchanges; i++) {
            boolean hold = i == exchanges / 2;
            byte[] request = new byte[hold ? LARGEST_BYTES : 1 + random.nextInt(USUAL_BYTES)];
            random.nextBytes(request);
            Held here = where -> {
                if (hold) {
                    inTheMiddle.add(where);
                    held.countDown();
                    goOn.await();
                }
            };
            switch (number % 4) {
                case 0 -> {
                    sendHalf(socket, request);
                    here.at("readFully " + name(socket));
                    GreenThread<?> sender = sendingRest(socket, request);
                    receive(socket, request, 0, false);
                    sender.join();
                }
                case 1 -> {
                    GreenThread<?> sender = sending(socket, request);
                    receive(socket, Arrays.copyOf(request, 1), 0, true);
                    here.at("writePiece " + name(socket));
                    receive(socket, request, 1, true);
                    sender.join();
                }
                case 2 -> {
                    reset(request, here);
                    exchange(socket, request);
                }
                default -> {
                    socket.close();
                    socket = connect(port);
                    send(socket, request);
                    socket.shutdownOutput();
                    here.at("writePiece " + name(socket));
                    receive(socket, request, 0, false);
                    if (socket.getInputStream().read() != -1) {
                        throw new IOException("more than the answer");
                    }
                }
            }
            answered++;
        }
        socket.close();
        return answered;
    }

    /** Where a client may be held up in the middle of an exchange. */
    private interface Held {
        void at(String where) throws InterruptedException;
    }

    /** As the server names its peer. */
    private static String name(Socket socket) {
        return socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
    }

    private static byte[] stuckRequest(int number, int i) {
        byte[] request = new byte[USUAL_BYTES];
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
            receive(socket, stuckRequest(number, i), 0, false);
        }
    }

    private static void exchange(Socket socket, byte[] request) throws IOException, InterruptedException {
        GreenThread<?> sender = sending(socket, request);
        receive(socket, request, 0, false);
        sender.join();
    }

    /** In a green thread of its own: neither side's buffers hold it all. */
    private static GreenThread<?> sending(Socket socket, byte[] request) {
        return Hub.current().spawn(() -> send(socket, request));
    }

    private static void send(Socket socket, byte[] request) throws IOException {
        sendHalf(socket, request);
        socket.getOutputStream().write(request, request.length / 2, request.length - request.length / 2);
    }

    private static void sendHalf(Socket socket, byte[] request) throws IOException {
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(request.length);
        out.write(request, 0, request.length / 2);
    }

    private static GreenThread<?> sendingRest(Socket socket, byte[] request) {
        int half = request.length / 2;
        return Hub.current().spawn(() -> socket.getOutputStream().write(request, half, request.length - half));
    }

    /** What is due from there on. */
    private static void receive(Socket socket, byte[] expected, int from, boolean slowly) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] answer = new byte[expected.length];
        System.arraycopy(expected, 0, answer, 0, from);
        if (slowly) {
            for (int at = from; at < answer.length; at += 512) {
                in.readFully(answer, at, Math.min(512, answer.length - at));
                GreenThread.yieldTurn();
            }
        } else {
            in.readFully(answer, from, answer.length - from);
        }
        if (!Arrays.equals(expected, answer)) {
            throw new IOException("another answer than was due");
        }
    }

    /** Begins a request and resets the connection in the middle. */
    private void reset(byte[] request, Held here) throws IOException, InterruptedException {
        try (Socket socket = connect(port)) {
            sendHalf(socket, request);
            here.at("readFully " + name(socket));
            socket.setSoLinger(true, 0);
        }
    }
}
