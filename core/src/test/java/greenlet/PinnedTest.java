package greenlet;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Promise 82 the JVM's way: a stack with a frame on it that the JVM cannot move is not left, and the frame is named. */
@Tag("continuations")
class PinnedTest {
    private final Greenlet main = Greenlet.current();

    /** What {@link Initialised} switches to; its initialiser runs once in a JVM. */
    private static @Nullable Greenlet targetOfInitialiser;

    private static final List<GreenletException.Pinned> REFUSALS = new ArrayList<>();

    private static final class Initialised {
        static final String VALUE = compute();

        private static String compute() {
            Greenlet target = targetOfInitialiser;
            if (target == null) {
                throw new AssertionError("the test sets it first");
            }
            try {
                target.switchTo("from the initialiser");
                return "switched";
            } catch (GreenletException.Pinned refusal) {
                REFUSALS.add(refusal);
                return "refused";
            }
        }
    }

    @Test
    void p82_switchTo_fromAClassInitialiser_isRefusedNamingItAndUndone() {
        REFUSALS.clear();
        targetOfInitialiser = main;
        Greenlet g = Greenlet.of("initialising", first -> {
            String value = Initialised.VALUE;
            return main.switchTo(value); // the same greenlet switches once the frame is gone
        });

        assertThat(g.switchTo()).isEqualTo("refused");
        assertThat(g.state()).isEqualTo(GreenletState.SUSPENDED);
        assertThat(REFUSALS)
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .startsWith("Cannot leave the current greenlet: class initialiser ")
                .contains("PinnedTest$Initialised.<clinit>")
                .endsWith("Switch before it is entered or after it has returned.");
        assertThat(g.switchTo("end")).isEqualTo("end");
    }

    private static @Nullable Greenlet compareTarget;

    @SuppressWarnings("unused") // called from C
    private static int compare(MemorySegment left, MemorySegment right) {
        Greenlet target = compareTarget;
        if (target != null && REFUSALS.isEmpty()) {
            try {
                target.switchTo("from qsort");
            } catch (GreenletException.Pinned refusal) {
                REFUSALS.add(refusal);
            }
        }
        return Integer.compare(left.get(JAVA_INT, 0), right.get(JAVA_INT, 0));
    }

    @Test
    @SuppressWarnings("restricted") // calling C is the point
    void switchTo_fromACallUpFromC_isRefusedNamingTheNativeFrameAndUndone() {
        REFUSALS.clear();
        compareTarget = main;
        Greenlet g = Greenlet.of("sorting", first -> {
            try (Arena arena = Arena.ofConfined()) {
                Linker linker = Linker.nativeLinker();
                MethodHandle qsort = linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("qsort"),
                        FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS));
                MethodHandle compare = MethodHandles.lookup()
                        .findStatic(
                                PinnedTest.class,
                                "compare",
                                MethodType.methodType(int.class, MemorySegment.class, MemorySegment.class));
                var pointer = ADDRESS.withTargetLayout(JAVA_INT);
                MemorySegment stub =
                        linker.upcallStub(compare, FunctionDescriptor.of(JAVA_INT, pointer, pointer), arena);
                MemorySegment numbers = arena.allocateFrom(JAVA_INT, 3, 1, 2);
                qsort.invokeExact(numbers, 3L, 4L, stub);
                return numbers.get(JAVA_INT, 0) + " " + main.switchTo("sorted");
            }
        });

        assertThat(g.switchTo()).isEqualTo("sorted");
        assertThat(REFUSALS)
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .startsWith("Cannot leave the current greenlet: native frame ")
                .contains("the JVM cannot move native frames");
        assertThat(g.switchTo("done")).isEqualTo("1 done");
        compareTarget = null;
    }

    /** The JDK's own critical sections hardly call anybody back: one is planted. */
    @Test
    void switchTo_inACriticalSection_isRefusedNamingTheFrameAboveItAndUndone() throws ReflectiveOperationException {
        Class<?> continuation = Class.forName("jdk.internal.vm.Continuation"); // opened by the first greenlet
        MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(continuation, MethodHandles.lookup());
        MethodHandle pin = lookup.findStatic(continuation, "pin", MethodType.methodType(void.class));
        MethodHandle unpin = lookup.findStatic(continuation, "unpin", MethodType.methodType(void.class));
        REFUSALS.clear();
        Greenlet g = Greenlet.of("pinned", first -> {
            pin.invokeExact();
            try {
                new ArrayList<>(List.of(main)).forEach(PinnedTest::tryToSwitch);
            } finally {
                unpin.invokeExact();
            }
            return main.switchTo("refused");
        });

        assertThat(g.switchTo()).isEqualTo("refused");
        assertThat(REFUSALS)
                .singleElement()
                .extracting(Throwable::getMessage)
                .asString()
                .startsWith("Cannot leave the current greenlet: it is inside a critical section of the JDK, below"
                        + " java.base/java.util.ArrayList.forEach(ArrayList.java:")
                .endsWith("). Switch when that has returned.");
        assertThat(g.switchTo("end")).isEqualTo("end");
    }

    private static void tryToSwitch(Greenlet target) {
        try {
            target.switchTo();
        } catch (GreenletException.Pinned refusal) {
            REFUSALS.add(refusal);
        }
    }

    @Test
    void switchTo_byMain_isNeverPinned() {
        // Main's stack is not moved: it waits below the trampoline, native frames and all.
        List<Integer> numbers = new ArrayList<>(List.of(3, 1, 2));
        numbers.sort((left, right) ->
                answer(Greenlet.of(first -> Integer.compare(left, right)).switchTo()));
        assertThat(numbers).containsExactly(1, 2, 3);
    }

    private static int answer(@Nullable Object value) {
        return value instanceof Integer number ? number : 0;
    }
}
