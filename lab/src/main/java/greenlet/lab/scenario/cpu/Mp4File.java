package greenlet.lab.scenario.cpu;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jcodec.api.FrameGrab;
import org.jcodec.api.JCodecException;
import org.jcodec.common.io.NIOUtils;
import org.jcodec.common.io.SeekableByteChannel;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Picture;
import org.jspecify.annotations.Nullable;

/** Reads the first frames of an MP4 (or MOV) file whose video is H.264, 8 bits 4:2:0, by JCodec. */
final class Mp4File {
    private static final String ACCEPTED =
            "Give a Y4M file with 8 bits 4:2:0, or an MP4 file whose video is H.264 with 8 bits 4:2:0";

    private Mp4File() {}

    static List<Picture> read(Path file) throws IOException {
        try (SeekableByteChannel channel = NIOUtils.readableFileChannel(file.toString())) {
            return frames(file, FrameGrab.createFrameGrab(channel));
        } catch (JCodecException | RuntimeException unreadable) {
            // JCodec meets what it does not know with whatever its parsing comes to: null pointers, bad indexes.
            throw new IOException(
                    "Cannot use " + file + " as footage: JCodec cannot read it (" + unreadable + "). " + ACCEPTED + ".",
                    unreadable);
        }
    }

    private static List<Picture> frames(Path file, FrameGrab grab) throws IOException {
        List<Picture> frames = new ArrayList<>();
        @Nullable Picture decoded = grab.getNativeFrame();
        while (decoded != null && frames.size() < Footage.MAX_FRAMES) {
            ColorSpace color = decoded.getColor();
            if (color != ColorSpace.YUV420J && color != ColorSpace.YUV420) {
                throw new IOException(
                        "Cannot use " + file + " as footage: its samples are " + color + ". " + ACCEPTED + ".");
            }
            Footage.ensureSize(file, decoded.getCroppedWidth(), decoded.getCroppedHeight());
            frames.add(copy(decoded));
            decoded = grab.getNativeFrame();
        }
        if (frames.isEmpty()) {
            throw new IOException("Cannot use " + file + " as footage: it holds no frame. " + ACCEPTED + ".");
        }
        return frames;
    }

    /** The decoder writes the next frame over this one. */
    private static Picture copy(Picture decoded) {
        Picture copy = Picture.create(decoded.getCroppedWidth(), decoded.getCroppedHeight(), ColorSpace.YUV420J);
        for (int plane = 0; plane < 3; plane++) {
            int from = decoded.getPlaneWidth(plane);
            int to = copy.getPlaneWidth(plane);
            for (int row = 0; row < copy.getPlaneHeight(plane); row++) {
                System.arraycopy(decoded.getPlaneData(plane), row * from, copy.getPlaneData(plane), row * to, to);
            }
        }
        return copy;
    }
}
