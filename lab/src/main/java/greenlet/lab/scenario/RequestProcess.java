package greenlet.lab.scenario;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/** One process of a pool: makes requests one after another when told to. Public because its JVM starts it. */
public final class RequestProcess {
    private RequestProcess() {}

    /**
     * For each line {@code port count} on standard input makes so many requests, then prints the CPU time in nanoseconds that they took.
     * Ends when standard input does.
     *
     * @param arguments none
     * @throws IOException if a request fails
     */
    public static void main(String[] arguments) throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            int port = Integer.parseInt(words[0]);
            int count = Integer.parseInt(words[1]);
            long before = system.getProcessCpuTime();
            for (int i = 0; i < count; i++) {
                Client.request(port);
            }
            System.out.println(system.getProcessCpuTime() - before);
        }
    }
}
