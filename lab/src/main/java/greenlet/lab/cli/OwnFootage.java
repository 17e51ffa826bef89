package greenlet.lab.cli;

import greenlet.lab.scenario.cpu.Video;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file that {@code --video} names, looked at before anything is measured. */
final class OwnFootage {
    private OwnFootage() {}

    static void use(@Nullable Path file) {
        if (file == null) {
            return;
        }
        try {
            Video.use(file);
        } catch (IOException unusable) {
            throw new Refusal(String.valueOf(unusable.getMessage()));
        }
    }
}
