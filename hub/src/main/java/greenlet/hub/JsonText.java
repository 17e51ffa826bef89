package greenlet.hub;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON (RFC 8259), because the hub has no dependency that does. Escapes what must be escaped and, so that the text passes
 * through anything, what is not ASCII; a lone surrogate comes out as its escape.
 *
 * <p>Not safe for use from several threads at once.
 */
final class JsonText {
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int LAST_ASCII = 0x7e;

    private final StringBuilder out = new StringBuilder();

    /** Whether the next name or element needs a comma before it. */
    private boolean comma;

    void object(Runnable members) {
        enclose('{', members, '}');
    }

    <E> void array(List<E> elements, Consumer<? super E> element) {
        enclose('[', () -> elements.forEach(element), ']');
    }

    /** Begins a member; its value follows. */
    JsonText name(String name) {
        separate();
        quote(name);
        out.append(':');
        comma = false;
        return this;
    }

    void value(@Nullable String text) {
        separate();
        if (text == null) {
            out.append("null");
        } else {
            quote(text);
        }
    }

    void value(long number) {
        separate();
        out.append(number);
    }

    void value(boolean truth) {
        separate();
        out.append(truth);
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private void enclose(char open, Runnable content, char close) {
        separate();
        out.append(open);
        comma = false;
        content.run();
        out.append(close);
        comma = true;
    }

    private void separate() {
        if (comma) {
            out.append(',');
        }
        comma = true;
    }

    private void quote(String text) {
        out.append('"');
        text.chars().forEach(this::escape);
        out.append('"');
    }

    private void escape(int unit) {
        switch (unit) {
            case '"', '\\' -> out.append('\\').append((char) unit);
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\r' -> out.append("\\r");
            default -> {
                if (unit >= FIRST_PRINTABLE && unit <= LAST_ASCII) {
                    out.append((char) unit);
                } else {
                    out.append("\\u").append(Integer.toHexString(0x10000 | unit), 1, 5);
                }
            }
        }
    }
}
