package greenlet.lab.article;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * The head of a post: the YAML mapping between two lines of {@code ---}, in its order, keys that the lab does not know included.
 *
 * <p>{@code title} is the only compulsory key. Immutable.
 */
public final class FrontMatter {
    private static final DumpSettings STYLE = DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setSplitLines(false)
            .build();

    private final Map<String, Object> entries;

    FrontMatter(Map<String, Object> entries) {
        this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /**
     * The title.
     *
     * @return never blank
     */
    public String title() {
        return text("title").orElseThrow();
    }

    /**
     * The authors.
     *
     * @return in the order of the post; empty if it names none
     */
    public List<String> authors() {
        return list("authors");
    }

    /**
     * The tags.
     *
     * @return in the order of the post; empty if it has none
     */
    public List<String> tags() {
        return list("tags");
    }

    /**
     * The summary in one or two sentences.
     *
     * @return empty if the post has none
     */
    public Optional<String> tldr() {
        return text("tldr");
    }

    /**
     * A scalar entry as text.
     *
     * @param key of the entry
     * @return empty if the post has no such entry, or if it is blank or a list or a mapping
     */
    public Optional<String> text(String key) {
        Object value = entries.get(key);
        if (value == null || value instanceof List || value instanceof Map) {
            return Optional.empty();
        }
        return Optional.of(value.toString().strip()).filter(text -> !text.isEmpty());
    }

    /**
     * The same head with one entry set; an entry that was there keeps its place, a new one goes to the end.
     *
     * @param key of the entry
     * @param value its new value
     * @return a new head
     */
    public FrontMatter with(String key, String value) {
        Map<String, Object> changed = new LinkedHashMap<>(entries);
        changed.put(key, value);
        return new FrontMatter(changed);
    }

    /**
     * The head as it stands at the top of a post.
     *
     * @return YAML between two lines of {@code ---}, with a line break at the end
     */
    public String toYaml() {
        return "---\n" + new Dump(STYLE).dumpToString(entries) + "---\n";
    }

    private List<String> list(String key) {
        Object value = entries.get(key);
        if (value instanceof List<?> items) {
            return items.stream().map(String::valueOf).toList();
        }
        return text(key).stream().toList();
    }

    @Override
    public String toString() {
        return "FrontMatter" + entries.keySet();
    }
}
