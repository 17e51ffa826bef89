package greenlet.lab.advise.task;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What calls left behind in an object: its numbers, counters and the sizes of its collections, static ones included. None of it is asked of the
 * task, so that a race shows that nobody looked for.
 *
 * <p>Immutable.
 */
final class Traces {
    private static final String JDK = "java.";

    private Traces() {}

    static SortedMap<String, Long> of(Object task) {
        SortedMap<String, Long> found = new TreeMap<>();
        for (Class<?> type = task.getClass();
                type != null && !type.getName().startsWith(JDK);
                type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                add(field, task, found);
            }
        }
        return found;
    }

    private static void add(Field field, Object task, Map<String, Long> found) {
        boolean constant =
                Modifier.isFinal(field.getModifiers()) && field.getType().isPrimitive();
        if (field.isSynthetic() || constant || !field.trySetAccessible()) {
            return;
        }
        try {
            Object value = field.get(task);
            Long number = number(value);
            if (number != null) {
                String words = value instanceof Collection || value instanceof Map ? "the size of field " : "field ";
                found.put(words + field.getName(), number);
            }
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(
                    "Cannot read " + field + " although it was made accessible. This is a bug in the lab; please"
                            + " report it.",
                    impossible);
        }
    }

    /** Floating-point sums depend on their order, so that only whole numbers tell. */
    private static @org.jspecify.annotations.Nullable Long number(@org.jspecify.annotations.Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Double _, Float _ -> null;
            case Number number -> number.longValue();
            case Collection<?> collection -> (long) collection.size();
            case Map<?, ?> map -> (long) map.size();
            case long[] numbers -> java.util.Arrays.stream(numbers).sum();
            case int[] numbers ->
                java.util.Arrays.stream(numbers).asLongStream().sum();
            default -> value.getClass().isArray() ? (long) Array.getLength(value) : null;
        };
    }
}
