package greenlet.launch;

import greenlet.hub.GreenThread;
import greenlet.hub.Group;
import greenlet.hub.Hub;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Clients of ServerProofTest's server, in a JVM of their own so that each side has its own descriptors: idle ones, busy ones, slow readers,
 * half-closers, and such as reset.
 */
public final class ClientCrowd {
    private static final int LARGEST_BYTES = 20_000;

    private ClientCrowd() {}

    /**
     * Plays the crowd and says how it went.
     *
     * @param args port, idle clients, busy clients, exchanges of each busy one
     * @throws Exception what nobody expects
     */
    public static void main(String[] args) throws Exception {
        int port = Integer.parseInt(args[0]);
        int idle = Integer.parseInt(args[1]);
        int busy = Integer.parseInt(args[2]);
        int exchanges = Integer.parseInt(args[3]);
        Hub.run(() -> {
            List<Socket> waiting = new ArrayList<>();
            for (int i = 0; i < idle; i++) {
                waiting.add(new Socket(InetAddress.getLoopbackAddress(), port));
            }
            int answered;
            try (Group<Integer, List<Integer>> group = Group.open()) {
                for (int i = 0; i < busy; i++) {
                    int number = i;
                    var _ = group.spawn(() -> busy(port, number, exchanges));
                }
                answered = group.join().stream().mapToInt(Integer::intValue).sum();
            }
            int awake = 0;
            for (Socket each : waiting) {
                exchange(each, new byte[] {1, 2, 3}, false);
                each.close();
                awake++;
            }
            System.out.println("answered " + answered + " awake " + awake);
        });
    }

    /** One of the crowd; how many of its exchanges came back right. */
    private static int busy(int port, int number, int exchanges) throws IOException {
        SplittableRandom random = new SplittableRandom(number);
        int answered = 0;
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        for (int i = 0; i < exchanges; i++) {
            byte[] request = new byte[1 + random.nextInt(LARGEST_BYTES)];
            random.nextBytes(request);
            switch (number % 4) {
                case 0 -> exchange(socket, request, false);
                case 1 -> exchange(socket, request, true);
                case 2 -> {
                    reset(port, request);
                    exchange(socket, request, false);
                }
                default -> {
                    socket.close();
                    socket = new Socket(InetAddress.getLoopbackAddress(), port);
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

    private static void exchange(Socket socket, byte[] request, boolean slowly) throws IOException {
        send(socket, request);
        receive(socket, request, slowly);
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
    private static void reset(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(request.length);
            out.write(request, 0, request.length / 2);
            socket.setSoLinger(true, 0);
        }
    }
}
