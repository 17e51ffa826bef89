package greenlet.lab.advise.report;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import greenlet.lab.advise.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * {@code advice.json}: an {@link AdviceReport} as a file, documented in {@code docs/advise.md}.
 *
 * <p>Safe for use from any thread.
 */
public final class AdviceFile {
    /** The file's name in a folder. */
    public static final String NAME = "advice.json";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .addModule(new SimpleModule("ways").addSerializer(Way.class, new Labels()))
            .changeDefaultVisibility(all -> all.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
            .build();

    private static final class Labels extends ValueSerializer<Way> {
        @Override
        public void serialize(Way way, JsonGenerator out, SerializationContext context) {
            out.writeString(way.label());
        }
    }

    private AdviceFile() {}

    /**
     * The report as JSON. Not a switch point.
     *
     * @param report what to write
     * @return one object
     */
    public static String toJson(AdviceReport report) {
        return MAPPER.writeValueAsString(report) + "\n";
    }

    /**
     * Writes text; a reader sees the old file or the whole new one. May block on file I/O.
     *
     * @param text what to write
     * @param file where
     * @throws IOException if it cannot be written
     */
    public static void write(String text, Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(unfinished, text);
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
