package greenlet.lab.scenario.cpu;

import java.util.List;
import java.util.zip.CRC32;

/** H.264 encoding by JCodec: a unit is a group of pictures, a key frame and those predicted from it. */
final class VideoKernel implements Kernel {
    private final Footage footage;

    VideoKernel(Footage footage) {
        this.footage = footage;
    }

    @Override
    public int itemsPerUnit() {
        return PictureGroup.FRAMES;
    }

    @Override
    public double run(int unit) {
        CRC32 sum = new CRC32();
        List<byte[]> encoded = PictureGroup.encode(footage, unit);
        encoded.forEach(sum::update);
        return sum.getValue();
    }
}
