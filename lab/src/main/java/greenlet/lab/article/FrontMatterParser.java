package greenlet.lab.article;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Finds the head of a post and parses it as YAML 1.2, without tags that could make objects. Immutable. */
final class FrontMatterParser {
    /** The head, and the number of lines that it takes with both fences. */
    record Head(FrontMatter front, int lines) {}

    private static final String FENCE = "---";
    private static final String EXAMPLE =
            "Begin the file with a line '---', then 'title: …' and the other keys, then a line '---'.";

    private final String post;
    private final String[] lines;

    FrontMatterParser(String post, String text) {
        this.post = post;
        this.lines = text.split("\n", -1);
    }

    Head parse() {
        if (!lines[0].stripTrailing().equals(FENCE)) {
            throw new BrokenPostException(post, 1, "there is no front matter: the first line is not '---'.", EXAMPLE);
        }
        int end = closingFence();
        Map<String, Object> entries = mapping(end);
        FrontMatter front = new FrontMatter(entries);
        if (front.text("title").isEmpty()) {
            throw new BrokenPostException(post, 1, "the front matter has no title.", "Add a line 'title: …'.");
        }
        return new Head(front, end + 1);
    }

    private int closingFence() {
        for (int line = 1; line < lines.length; line++) {
            if (lines[line].stripTrailing().equals(FENCE)) {
                return line;
            }
        }
        throw new BrokenPostException(
                post, 1, "the front matter that begins here never ends.", "Close it with a line '---'.");
    }

    private Map<String, Object> mapping(int end) {
        StringBuilder yaml = new StringBuilder();
        for (int line = 1; line < end; line++) {
            yaml.append(lines[line]).append('\n');
        }
        Object loaded = load(yaml.toString());
        if (!(loaded instanceof Map<?, ?> map)) {
            throw new BrokenPostException(
                    post, 2, "the front matter is not a mapping of keys to values.", "Write lines 'key: value'.");
        }
        Map<String, Object> entries = new LinkedHashMap<>();
        map.forEach((key, value) -> entries.put(String.valueOf(key), value == null ? "" : value));
        return entries;
    }

    private Object load(String yaml) {
        LoadSettings settings = LoadSettings.builder().setLabel(post).build();
        try {
            Object loaded = new Load(settings).loadFromString(yaml);
            return loaded == null ? "" : loaded;
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            // Marks count from 0, and the opening fence is a line of the file that the parser did not see.
            int line = mark.map(Mark::getLine).orElse(0) + 2;
            throw broken(line, e.getProblem());
        } catch (YamlEngineException e) {
            throw broken(2, String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable"));
        }
    }

    private BrokenPostException broken(int line, String problem) {
        return new BrokenPostException(
                post,
                line,
                "the front matter is not valid YAML (" + problem + ").",
                "Correct that line; a value that holds ': ' or '#' must stand in quotes.");
    }
}
