package greenlet.lab.scenario.cpu;

import greenlet.lab.process.ProcessCpu;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** One process of a pool: does units of a kernel when told to. Public because its JVM starts it. */
public final class KernelProcess {
    private KernelProcess() {}

    /**
     * Prints {@code ready}; then, for each line {@code FIRST COUNT} on standard input, does so many units and prints the CPU time in
     * nanoseconds that it has used so far. Ends when standard input does.
     *
     * @param arguments name of the kernel
     * @throws IOException if standard input breaks, or the kernel's data cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        Kernel kernel = KernelSource.valueOf(arguments[0]).open();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", -1);
            int first = Integer.parseInt(words[0]);
            int end = first + Integer.parseInt(words[1]);
            double result = 0;
            for (int unit = first; unit < end; unit++) {
                result += kernel.run(unit);
            }
            if (Double.isNaN(result)) {
                throw new ArithmeticException("Cannot use units " + first + " to " + end
                        + ": the kernel gave no number. This is a bug in the lab; please report it.");
            }
            System.out.println(ProcessCpu.nanos());
        }
    }
}
