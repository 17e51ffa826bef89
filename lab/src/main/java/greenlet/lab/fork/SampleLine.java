package greenlet.lab.fork;

import greenlet.lab.measure.PlainText;
import java.io.StringWriter;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One line of what a worker says on standard output, whatever language it is written in: a JSON object with one of these sets of fields.
 *
 * <pre>
 * {"metric": "time", "value": 123.4}       a sample, in the metric's base unit
 * {"metric": "time", "remark": "text"}     what to know about the figures
 * {"metric": "heap", "notApplicable": "reason"}  this mechanism has other figures, but not this one
 * {"notApplicable": "reason"}              this mechanism cannot do it here
 * {"failed": "reason"}                     it tried and failed
 * {"done": true}                           the last line of a worker that measured all it should
 * </pre>
 *
 * Lines that do not start with a brace are ignored.
 *
 * <p>Immutable.
 */
public sealed interface SampleLine {
    /**
     * A sample.
     *
     * @param metric its metric
     * @param value the figure
     */
    record Sample(String metric, double value) implements SampleLine {}

    /**
     * A remark.
     *
     * @param metric its metric
     * @param text the remark
     */
    record Remark(String metric, String text) implements SampleLine {}

    /**
     * The mechanism cannot have this one metric.
     *
     * @param metric the metric
     * @param reason why
     */
    record Without(String metric, String reason) implements SampleLine {}

    /**
     * The mechanism cannot do it.
     *
     * @param reason why
     */
    record NotApplicable(String reason) implements SampleLine {}

    /**
     * It failed.
     *
     * @param reason how
     */
    record Failed(String reason) implements SampleLine {}

    /** All is measured. */
    record Done() implements SampleLine {}

    /** {@return the line, without its end} Not a switch point. */
    default String toJson() {
        StringWriter text = new StringWriter();
        // Without a mapper: it would cost each worker a tenth of a second.
        try (JsonGenerator json = WriterHolder.FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            switch (this) {
                case Sample(String metric, double value) ->
                    json.writeStringProperty("metric", metric).writeNumberProperty("value", value);
                case Remark(String metric, String remark) ->
                    json.writeStringProperty("metric", metric).writeStringProperty("remark", remark);
                case Without(String metric, String reason) ->
                    json.writeStringProperty("metric", metric).writeStringProperty("notApplicable", reason);
                case NotApplicable(String reason) -> json.writeStringProperty("notApplicable", reason);
                case Failed(String reason) -> json.writeStringProperty("failed", reason);
                case Done() -> json.writeBooleanProperty("done", true);
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    /**
     * Reads a line. Not a switch point.
     *
     * @param line what a worker wrote
     * @return its meaning, or nothing if it is no line of ours
     */
    static Optional<SampleLine> parse(String line) {
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return meaning(MapperHolder.MAPPER.readTree(line));
        } catch (JacksonException broken) {
            return Optional.empty();
        }
    }

    private static Optional<SampleLine> meaning(JsonNode node) {
        String metric = node.path("metric").asString("");
        if (node.path("value").isNumber() && !metric.isEmpty()) {
            return Optional.of(new Sample(metric, node.path("value").asDouble()));
        }
        if (node.path("remark").isString() && !metric.isEmpty()) {
            return Optional.of(
                    new Remark(metric, PlainText.of(node.path("remark").asString())));
        }
        if (node.path("notApplicable").isString()) {
            String reason = PlainText.of(node.path("notApplicable").asString());
            return Optional.of(metric.isEmpty() ? new NotApplicable(reason) : new Without(metric, reason));
        }
        if (node.path("failed").isString()) {
            return Optional.of(new Failed(PlainText.of(node.path("failed").asString())));
        }
        return node.path("done").asBoolean(false) ? Optional.of(new Done()) : Optional.empty();
    }

    /** Made when first needed: by workers. */
    final class WriterHolder {
        private static final JsonFactory FACTORY = new JsonFactory();

        private WriterHolder() {}
    }

    /** Made when first needed: by the comparison. */
    final class MapperHolder {
        private static final JsonMapper MAPPER = JsonMapper.builder().build();

        private MapperHolder() {}
    }
}
