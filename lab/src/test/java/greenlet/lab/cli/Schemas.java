package greenlet.lab.cli;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import greenlet.lab.measure.ReportFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The published schemas of what the commands leave as JSON. */
final class Schemas {
    private Schemas() {}

    /** Where a text does not follow the schema that stands beside a class. */
    static List<Error> violations(Class<?> beside, String schema, String json) throws IOException {
        try (InputStream in = beside.getResourceAsStream(schema)) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(text, InputFormat.JSON)
                    .validate(json, InputFormat.JSON);
        }
    }

    /** The same for report.json. */
    static List<Error> reportViolations(String json) throws IOException {
        return violations(ReportFile.class, "report.schema.json", json);
    }
}
