package greenlet.lab.scenario.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jcodec.codecs.h264.H264Decoder;
import org.jcodec.common.Codec;
import org.jcodec.common.MuxerTrack;
import org.jcodec.common.VideoCodecMeta;
import org.jcodec.common.io.NIOUtils;
import org.jcodec.common.io.SeekableByteChannel;
import org.jcodec.common.model.ColorSpace;
import org.jcodec.common.model.Packet;
import org.jcodec.common.model.Picture;
import org.jcodec.common.model.Size;
import org.jcodec.containers.mp4.muxer.MP4Muxer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FootageTest {
    /** Beyond that two pictures look the same; two different ones of the clip are at 20 or less. */
    private static final double ALIKE_DECIBELS = 32;

    @TempDir
    private Path folder;

    @Test
    void encodedGroup_isDecodedToTheFramesThatWentIn() {
        Footage clip = GeneratedClip.make();
        List<byte[]> encoded = PictureGroup.encode(clip, 1);
        H264Decoder decoder = new H264Decoder();
        assertThat(encoded).hasSize(PictureGroup.FRAMES);
        for (int i = 0; i < encoded.size(); i++) {
            Picture buffer =
                    Picture.create(GeneratedClip.WIDTH, (GeneratedClip.HEIGHT + 15) / 16 * 16, ColorSpace.YUV420J);
            Picture decoded = decoder.decodeFrame(ByteBuffer.wrap(encoded.get(i)), buffer.getData());
            assertThat(decoded.getCroppedWidth()).isEqualTo(GeneratedClip.WIDTH);
            assertThat(decoded.getCroppedHeight()).isEqualTo(GeneratedClip.HEIGHT);
            assertThat(likeness(clip.frame(PictureGroup.FRAMES + i), decoded)).isGreaterThan(ALIKE_DECIBELS);
            assertThat(likeness(clip.frame(0), decoded)).isLessThan(ALIKE_DECIBELS);
        }
    }

    @Test
    void encodedGroup_isSmallerThanItsFrames_andPredictedFramesAreSmallest() {
        Footage clip = GeneratedClip.make();
        List<byte[]> encoded = PictureGroup.encode(clip, 0);
        assertThat(encoded.getFirst()).hasSizeLessThan(GeneratedClip.WIDTH * GeneratedClip.HEIGHT);
        assertThat(encoded.getLast()).hasSizeLessThan(encoded.getFirst().length);
    }

    @Test
    void generatedClip_isTheSameEachTime_andMoves() {
        Footage first = GeneratedClip.make();
        Footage second = GeneratedClip.make();
        assertThat(new VideoKernel(first).run(3)).isEqualTo(new VideoKernel(second).run(3));
        assertThat(first.frame(0).getPlaneData(0)).isNotEqualTo(first.frame(1).getPlaneData(0));
    }

    @Test
    void y4mFile_isRead() throws IOException {
        Footage clip = GeneratedClip.make();
        Path file = y4m("YUV4MPEG2 W320 H180 F25:1 Ip A1:1 C420jpeg XYSCSS=420JPEG", clip.frames());
        Footage read = Footage.read(file);
        assertThat(read.count()).isEqualTo(clip.count());
        for (int plane = 0; plane < 3; plane++) {
            assertThat(read.frame(5).getPlaneData(plane))
                    .isEqualTo(clip.frame(5).getPlaneData(plane));
        }
    }

    @Test
    void mp4File_isRead() throws IOException {
        Footage clip = GeneratedClip.make();
        Path file = folder.resolve("clip.mp4");
        try (SeekableByteChannel out = NIOUtils.writableFileChannel(file.toString())) {
            MP4Muxer muxer = MP4Muxer.createMP4MuxerToChannel(out);
            MuxerTrack track = muxer.addVideoTrack(
                    Codec.H264,
                    VideoCodecMeta.createSimpleVideoCodecMeta(
                            new Size(clip.width(), clip.height()), ColorSpace.YUV420J));
            for (int i = 0; i < clip.count(); i++) {
                boolean key = i % PictureGroup.FRAMES == 0;
                ByteBuffer data = ByteBuffer.wrap(
                        PictureGroup.encode(clip, i / PictureGroup.FRAMES).get(i % PictureGroup.FRAMES));
                track.addFrame(Packet.createPacket(
                        data, i, 25, 1, i, key ? Packet.FrameType.KEY : Packet.FrameType.INTER, null));
            }
            muxer.finish();
        }
        Footage read = Footage.read(file);
        assertThat(read.count()).isEqualTo(clip.count());
        assertThat(read.width()).isEqualTo(GeneratedClip.WIDTH);
        assertThat(read.height()).isEqualTo(GeneratedClip.HEIGHT);
        assertThat(likeness(clip.frame(7), read.frame(7))).isGreaterThan(ALIKE_DECIBELS);
        assertThat(PictureGroup.encode(read, 0)).hasSize(PictureGroup.FRAMES);
    }

    @Test
    void footageOfOneFrame_isRepeated() throws IOException {
        Footage one = new Footage(List.of(GeneratedClip.make().frame(0)));
        assertThat(new VideoKernel(one).run(0)).isEqualTo(new VideoKernel(one).run(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "YUV4MPEG2 W320 H180 F25:1 C420p10 | its samples are C420p10",
                "YUV4MPEG2 W320 H180 F25:1 C444 | its samples are C444",
                "YUV4MPEG2 H180 F25:1 | a number must follow W",
                "YUV4MPEG2 W320 Hx F25:1 | its header has 'Hx'",
                "YUV4MPEG2 W321 H180 F25:1 | its pictures are 321 x 180",
                "YUV4MPEG2 W3840 H2160 F25:1 | at most 1920 x 1088",
                "YUV4MPEG2 W320 H180 F25:1 | it holds no frame"
            })
    void y4mFile_thatCannotBeEncoded_isRefusedWithTheReason(String header, String reason) throws IOException {
        Path file = y4m(header, List.of());
        assertThatThrownBy(() -> Footage.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Cannot use " + file + " as footage: ")
                .hasMessageContaining(reason);
    }

    @Test
    void y4mFile_thatEndsWithinAFrame_isRefused() throws IOException {
        Path file =
                y4m("YUV4MPEG2 W320 H180 F25:1", GeneratedClip.make().frames().subList(0, 2));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> Footage.read(file)).hasMessageContaining("ends within frame 1");
    }

    @Test
    void fileThatIsNoVideo_isRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "no video at all\n".repeat(100));
        assertThatThrownBy(() -> Video.use(text))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Cannot use " + text)
                .hasMessageContaining("Give a Y4M file");
        Path empty = Files.createFile(folder.resolve("empty.mp4"));
        assertThatThrownBy(() -> Video.use(empty))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Give a Y4M");
        Path missing = folder.resolve("missing.y4m");
        assertThatThrownBy(() -> Video.use(missing)).hasMessageContaining("it is no file, or may not be read");
        assertThat(System.getProperty(Footage.PROPERTY)).isNull();
    }

    @Test
    void use_tellsTheWorkers() throws IOException {
        Path file =
                y4m("YUV4MPEG2 W320 H180 F25:1", GeneratedClip.make().frames().subList(0, 3));
        try {
            Video.use(file);
            assertThat(Footage.chosen().count()).isEqualTo(3);
            assertThat(new Video().jvmFlags(WorkerCounts.upTo(1).getFirst()))
                    .contains("-D" + Footage.PROPERTY + "=" + file.toAbsolutePath());
        } finally {
            System.clearProperty(Footage.PROPERTY);
        }
    }

    private Path y4m(String header, List<Picture> frames) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write((header + "\n").getBytes(StandardCharsets.US_ASCII));
        for (Picture frame : frames) {
            out.write("FRAME\n".getBytes(StandardCharsets.US_ASCII));
            for (int plane = 0; plane < 3; plane++) {
                for (byte sample : frame.getPlaneData(plane)) {
                    out.write(sample + 128);
                }
            }
        }
        return Files.write(folder.resolve("footage.y4m"), out.toByteArray());
    }

    /** Peak signal-to-noise ratio of the luma, in decibels. */
    private static double likeness(Picture wanted, Picture found) {
        int width = wanted.getWidth();
        double sum = 0;
        for (int y = 0; y < wanted.getHeight(); y++) {
            for (int x = 0; x < width; x++) {
                double off =
                        wanted.getPlaneData(0)[y * width + x] - found.getPlaneData(0)[y * found.getPlaneWidth(0) + x];
                sum += off * off;
            }
        }
        return 10 * Math.log10(255.0 * 255 * width * wanted.getHeight() / Math.max(sum, 1));
    }
}
