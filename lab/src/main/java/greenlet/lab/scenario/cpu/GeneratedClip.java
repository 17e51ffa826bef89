package greenlet.lab.scenario.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Picture;

/**
 * A clip made by calculation, the same on every machine: waves that drift over a grain that drifts at another speed, so that the encoder
 * has motion to search for and a remainder to code.
 */
final class GeneratedClip {
    static final int WIDTH = 320;
    static final int HEIGHT = 180;
    private static final int FRAMES = 16;
    private static final int GRAIN = 64;
    private static final long SEED = 20230415;

    private GeneratedClip() {}

    static Footage make() {
        int[] grain = new Random(SEED).ints((long) GRAIN * GRAIN, -8, 8).toArray();
        List<Picture> frames = new ArrayList<>();
        for (int t = 0; t < FRAMES; t++) {
            frames.add(frame(t, grain));
        }
        return new Footage(frames);
    }

    private static Picture frame(int t, int[] grain) {
        Picture picture = Picture.create(WIDTH, HEIGHT, ColorSpace.YUV420J);
        byte[] luma = picture.getPlaneData(0);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double waves = 60 * Math.sin((x + 3 * t) * 0.05) + 50 * Math.cos((y - 2 * t) * 0.07);
                int noise = grain[(y + t) % GRAIN * GRAIN + (x + 2 * t) % GRAIN];
                luma[y * WIDTH + x] = (byte) Math.clamp(Math.round(waves) + noise, -128, 127);
            }
        }
        for (int plane = 1; plane <= 2; plane++) {
            byte[] chroma = picture.getPlaneData(plane);
            for (int i = 0; i < chroma.length; i++) {
                chroma[i] = (byte) (40 * Math.sin((i % (WIDTH / 2) * plane + i / (WIDTH / 2) + t) * 0.03));
            }
        }
        return picture;
    }
}
