package greenlet.lab.scenario.cpu;

import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.scenario.Size;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * H.264 encoding by JCodec with one worker up to one a core: of a generated clip, or of the user's own footage.
 *
 * <p>Immutable.
 */
public final class Video extends Spread {
    private static final List<String> GENERATED_HEAP = List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m");
    private static final List<String> FOOTAGE_HEAP = List.of("-XX:+UseSerialGC", "-Xms512m", "-Xmx1g");

    /** Makes the scenario. */
    public Video() {
        super(KernelSource.VIDEO, PictureGroup.FRAMES, "frames encoded a second");
    }

    @Override
    public String name() {
        return "video";
    }

    @Override
    public String about() {
        return "H.264 encoding (JCodec) spread over workers";
    }

    /**
     * Makes the scenario encode a file, in this process and in the workers that it starts. Reads the file to see that it can be used. Not a
     * switch point.
     *
     * @param file a Y4M file with 8 bits 4:2:0, or an MP4 file whose video is H.264 with 8 bits 4:2:0
     * @throws IOException if it cannot be used; the message names the remedy
     */
    public static void use(Path file) throws IOException {
        Footage.read(file);
        System.setProperty(Footage.PROPERTY, file.toAbsolutePath().toString());
    }

    /** The largest footage takes some six seconds more: a few groups of pictures, each a second and more. */
    @Override
    public Duration cost(Mechanism mechanism, Size size) {
        Duration generated = super.cost(mechanism, size);
        return ownFootage().isEmpty() ? generated : generated.plusSeconds(6);
    }

    @Override
    public List<String> jvmFlags(Size size) {
        List<String> own = ownFootage();
        List<String> flags = new ArrayList<>(own.isEmpty() ? GENERATED_HEAP : FOOTAGE_HEAP);
        flags.addAll(own);
        return flags;
    }

    @Override
    List<String> processFlags() {
        List<String> own = ownFootage();
        List<String> flags = new ArrayList<>(List.of("-XX:+UseSerialGC", own.isEmpty() ? "-Xmx96m" : "-Xmx512m"));
        flags.addAll(own);
        return flags;
    }

    private static List<String> ownFootage() {
        String file = System.getProperty(Footage.PROPERTY);
        return file == null ? List.of() : List.of("-D" + Footage.PROPERTY + "=" + file);
    }
}
