package greenlet.lab.scenario.cpu;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Picture;

/**
 * Reads YUV4MPEG2, the uncompressed format that {@code ffmpeg -pix_fmt yuv420p out.y4m} writes. JCodec's own reader takes ten bits a
 * sample for eight and fails with a null pointer where a field is missing.
 */
final class Y4mFile {
    private static final String SIGNATURE = "YUV4MPEG2";
    private static final String FRAME = "FRAME";
    private static final int MAX_LINE = 1024;
    /** JCodec keeps a sample as a signed byte: 0 is mid-grey. */
    private static final int MID_GREY = 128;

    private final Path file;
    private final InputStream in;

    private Y4mFile(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    static boolean isOne(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(SIGNATURE.length());
            return new String(start, StandardCharsets.US_ASCII).equals(SIGNATURE);
        }
    }

    static List<Picture> read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return new Y4mFile(file, in).frames();
        }
    }

    private List<Picture> frames() throws IOException {
        String[] header = line().split(" ", -1);
        int width = number(header, 'W');
        int height = number(header, 'H');
        Footage.ensureSize(file, width, height);
        String chroma = field(header, 'C', "420jpeg");
        if (!List.of("420", "420jpeg", "420mpeg2", "420paldv").contains(chroma)) {
            throw refusal("its samples are C" + chroma, "Convert it to 8 bits 4:2:0 (ffmpeg -pix_fmt yuv420p)");
        }
        List<Picture> frames = new ArrayList<>();
        while (frames.size() < Footage.MAX_FRAMES) {
            String line = line();
            if (line.isEmpty()) {
                break;
            }
            if (!line.equals(FRAME) && !line.startsWith(FRAME + " ")) {
                throw refusal("frame " + frames.size() + " does not start with " + FRAME, "Write the file anew");
            }
            frames.add(frame(width, height, frames.size()));
        }
        if (frames.isEmpty()) {
            throw refusal("it holds no frame", "Give a file with at least one");
        }
        return frames;
    }

    private Picture frame(int width, int height, int number) throws IOException {
        Picture picture = Picture.create(width, height, ColorSpace.YUV420J);
        for (int plane = 0; plane < 3; plane++) {
            byte[] samples = picture.getPlaneData(plane);
            int read = in.readNBytes(samples, 0, samples.length);
            if (read < samples.length) {
                throw refusal("it ends within frame " + number, "Write the file anew");
            }
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (byte) ((samples[i] & 0xff) - MID_GREY);
            }
        }
        return picture;
    }

    /** The next line without its end; empty at the end of the file. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (line.length() == MAX_LINE) {
                throw refusal("a header is longer than " + MAX_LINE + " characters", "Write the file anew");
            }
            line.append((char) c);
        }
        return line.toString();
    }

    private int number(String[] header, char name) throws IOException {
        String value = field(header, name, "");
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException bad) {
            throw refusal(
                    "its header has '" + name + value + "' where a number must follow " + name, "Write the file anew");
        }
    }

    private static String field(String[] header, char name, String otherwise) {
        for (int i = 1; i < header.length; i++) {
            if (!header[i].isEmpty() && header[i].charAt(0) == name) {
                return header[i].substring(1);
            }
        }
        return otherwise;
    }

    private IOException refusal(String problem, String remedy) {
        return new IOException("Cannot use " + file + " as footage: " + problem + ". " + remedy + ".");
    }
}
