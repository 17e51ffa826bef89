package greenlet.lab.article;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes to text: refuses what is no file, too large or not UTF-8, before any parser sees it. Immutable. */
final class PostReader {
    /** A long book chapter is 200 KiB; ten times that is no post. */
    static final int LIMIT_BYTES = 2 << 20;

    private PostReader() {}

    static Post read(Path file) {
        String name = file.toString();
        if (!Files.exists(file)) {
            throw new BrokenPostException(name, "there is no such file.", "Check the path.");
        }
        if (!Files.isRegularFile(file)) {
            throw new BrokenPostException(name, "it is not a regular file.", "Name a Markdown file.");
        }
        try (InputStream in = Files.newInputStream(file)) {
            // Bounded by what is read, not by the size that the file system tells: a file may grow meanwhile.
            byte[] bytes = in.readNBytes(LIMIT_BYTES + 1);
            if (bytes.length > LIMIT_BYTES) {
                throw tooLarge(name, bytes, Files.size(file));
            }
            return Post.parse(name, decode(name, bytes));
        } catch (IOException e) {
            throw new BrokenPostException(
                    name, "reading it failed (" + e + ").", "Check that the file may be read by this user.");
        }
    }

    static String decode(String name, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            int line = lineAt(bytes, in.position());
            String bad = "byte 0x%02X is not UTF-8.".formatted(bytes[in.position()]);
            throw new BrokenPostException(name, line, bad, "Save the file as UTF-8.");
        }
        String text = out.flip().toString();
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            int line = 1
                    + (int) text.substring(0, nul)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            throw new BrokenPostException(name, line, "a NUL character: this is no text.", "Name a Markdown file.");
        }
        String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return unmarked.replace("\r\n", "\n").replace('\r', '\n');
    }

    private static BrokenPostException tooLarge(String name, byte[] read, long size) {
        String reason = "here it passes %,d bytes, the most that a post may have (it has %,d)."
                .formatted(LIMIT_BYTES, Math.max(size, read.length));
        return new BrokenPostException(
                name, lineAt(read, LIMIT_BYTES), reason, "Name the post itself, or cut it into several.");
    }

    private static int lineAt(byte[] bytes, int position) {
        int line = 1;
        for (int i = 0; i < position && i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                line++;
            }
        }
        return line;
    }
}
