package greenlet.lab.scenario.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jcodec.common.model.Picture;

/**
 * The frames to encode, in memory: 8 bits a sample, 4:2:0.
 *
 * @param frames at least one, all of one size
 */
record Footage(List<Picture> frames) {
    /** The system property that names a file with footage; a clip is generated without it. */
    static final String PROPERTY = "greenlet.lab.video";

    /** The largest picture: beyond it one group of pictures takes longer than all of a default comparison's other cells. */
    static final int MAX_PIXELS = 1920 * 1088;

    /** Frames that are taken from a file, from its start. */
    static final int MAX_FRAMES = 32;

    Footage {
        frames = List.copyOf(frames);
    }

    /** The file that the user named, or the generated clip. */
    static Footage chosen() throws IOException {
        String file = System.getProperty(PROPERTY);
        return file == null ? GeneratedClip.make() : read(Path.of(file));
    }

    /**
     * Reads the first frames of a Y4M file, or of an MP4 file whose video is H.264.
     *
     * @throws IOException if it is neither or is too large; the message says what to do
     */
    static Footage read(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IOException("Cannot use " + file
                    + " as footage: it is no file, or may not be read. Name a Y4M or MP4" + " file.");
        }
        return Y4mFile.isOne(file) ? new Footage(Y4mFile.read(file)) : new Footage(Mp4File.read(file));
    }

    int count() {
        return frames.size();
    }

    Picture frame(int index) {
        return frames.get(index);
    }

    int width() {
        return frames.getFirst().getWidth();
    }

    int height() {
        return frames.getFirst().getHeight();
    }

    /** Refuses pictures that cannot be encoded in reasonable time, or not at all. */
    static void ensureSize(Path file, int width, int height) throws IOException {
        if (width < 16 || height < 16 || width % 2 != 0 || height % 2 != 0 || (long) width * height > MAX_PIXELS) {
            throw new IOException("Cannot use " + file + " as footage: its pictures are " + width + " x " + height
                    + ". Give pictures of even width and height, at least 16 x 16 and at most 1920 x 1088.");
        }
    }
}
