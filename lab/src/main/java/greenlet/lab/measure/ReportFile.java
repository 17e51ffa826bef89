package greenlet.lab.measure;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code report.json}: a {@link Report} as a file, documented in {@code docs/report-schema.md}.
 *
 * <p>Numbers of a run that was not measured are {@code null} in the file and {@code NaN} in the record.
 *
 * <p>Safe for use from any thread.
 */
public final class ReportFile {
    /** The file's name in a report folder. */
    public static final String NAME = "report.json";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(NumbersAsNull.module())
            .changeDefaultVisibility(all -> all.withIsGetterVisibility(JsonAutoDetect.Visibility.NONE))
            .build();

    private ReportFile() {}

    /**
     * Writes a report; a reader sees the old file or the whole new one. May block on file I/O.
     *
     * @param report what to write
     * @param file where
     * @throws IOException if it cannot be written
     */
    public static void write(Report report, Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(unfinished, toJson(report));
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Reads a report. May block on file I/O.
     *
     * @param file a file that {@link #write} made, of this version or one that wrote the same layout
     * @return the report
     * @throws IOException if it cannot be read, is no report, or is one of another layout
     */
    public static Report read(Path file) throws IOException {
        String json;
        try {
            json = Files.readString(file);
        } catch (IOException refused) {
            String state = refused instanceof CharacterCodingException ? "it is no text in UTF-8" : refused.toString();
            throw new IOException(
                    "Cannot read " + file + ": " + state + ". Give a report.json that greenlet compare wrote.",
                    refused);
        }
        return fromJson(json, file.toString());
    }

    /**
     * A report as text. Not a switch point.
     *
     * @param report what to write
     * @return JSON
     */
    public static String toJson(Report report) {
        return MAPPER.writeValueAsString(report) + "\n";
    }

    /**
     * A report from text. Not a switch point.
     *
     * @param json the text
     * @param origin where the text came from, for error messages
     * @return the report
     * @throws IOException if it is no report or one of another layout
     */
    public static Report fromJson(String json, String origin) throws IOException {
        try {
            JsonNode tree = MAPPER.readTree(json);
            JsonNode schema = tree.path("schema");
            if (!schema.isInt()) {
                throw new IOException("Cannot read " + origin + ": it is JSON but no report of greenlet compare."
                        + " Give a report.json that greenlet compare wrote.");
            }
            if (schema.asInt() != Report.SCHEMA) {
                throw new IOException("Cannot read " + origin + ": its layout is version " + schema.asInt()
                        + " and this program reads version " + Report.SCHEMA
                        + ". Read it with the greenlet that wrote it, or measure again.");
            }
            return MAPPER.readValue(json, Report.class);
        } catch (JacksonException bad) {
            throw new IOException(
                    "Cannot read " + origin + " as a report: " + bad.getOriginalMessage() + where(bad)
                            + ". Give a report.json that greenlet compare wrote.",
                    bad);
        }
    }

    private static String where(JacksonException bad) {
        return bad.getLocation() == null ? "" : " at line " + bad.getLocation().getLineNr();
    }
}
