package greenlet.lab.advise.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TracesTest {
    @SuppressWarnings("UnusedVariable") // They are read by reflection.
    private static class Base {
        int inherited = 4;
    }

    @SuppressWarnings("UnusedVariable") // They are read by reflection.
    private static final class Holder extends Base {
        static int shared = 3;
        final int constant = 9;
        final AtomicLong counter = new AtomicLong(7);
        final List<String> names = new ArrayList<>(List.of("a", "b"));
        final long[] cells = {1, 2};
        final double ratio = 0.5;
        final Map<Integer, Integer> map = Map.of(1, 1);
    }

    @Test
    void of_objectWithCounters_readsThemAll() {
        Holder holder = new Holder();
        assertThat(holder.constant + holder.ratio).isPositive();
        assertThat(Traces.of(holder))
                .containsOnly(
                        Map.entry("field inherited", 4L),
                        Map.entry("field shared", 3L),
                        Map.entry("field counter", 7L),
                        Map.entry("the size of field names", 2L),
                        Map.entry("field cells", 3L),
                        Map.entry("the size of field map", 1L));
    }
}
