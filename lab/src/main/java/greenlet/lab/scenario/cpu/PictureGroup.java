package greenlet.lab.scenario.cpu;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jcodec.codecs.h264.H264Encoder;
import org.jcodec.common.model.Picture;

/** Encodes a group of pictures: a key frame and those predicted from it, so that it can be decoded without any other. */
final class PictureGroup {
    /** Frames of a group. */
    static final int FRAMES = 4;

    /** A frame that compresses badly may come out larger than it went in, by its headers and escapes. */
    private static final int HEADROOM_BYTES = 64 << 10;

    private PictureGroup() {}

    /** Encodes a group of the footage, which is repeated without end; one array of H.264 units a frame. */
    static List<byte[]> encode(Footage footage, int group) {
        H264Encoder encoder = H264Encoder.createH264Encoder();
        encoder.setKeyInterval(FRAMES);
        ByteBuffer out = ByteBuffer.allocate(footage.width() * footage.height() * 2 + HEADROOM_BYTES);
        List<byte[]> encoded = new ArrayList<>(FRAMES);
        for (int i = 0; i < FRAMES; i++) {
            Picture frame = footage.frame((int) (((long) group * FRAMES + i) % footage.count()));
            ByteBuffer data = encoder.encodeFrame(frame, out).getData();
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            encoded.add(bytes);
        }
        return encoded;
    }
}
