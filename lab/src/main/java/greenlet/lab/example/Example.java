package greenlet.lab.example;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A small program that shows one thing.
 *
 * @param name its name on the command line
 * @param about what it shows
 * @param program the class whose {@code main} it is
 * @param main that method
 */
public record Example(String name, String about, Class<?> program, Main main) {
    /** A program's main method. */
    @FunctionalInterface
    public interface Main {
        /**
         * Runs the program.
         *
         * @param arguments none are needed
         * @throws Exception if the program fails
         */
        void run(String[] arguments) throws Exception;
    }

    /**
     * The program's text as it was compiled. May block on file I/O.
     *
     * @return Java source
     * @throws IOException if this program was built without its sources
     */
    public String source() throws IOException {
        String file = program.getSimpleName() + ".java";
        try (@Nullable InputStream in = program.getResourceAsStream(file)) {
            if (in == null) {
                throw new IOException("Cannot show example '" + name + "': " + file
                        + " is not in the jar. Build it with Maven, which puts it there.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
