package greenlet;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Elements made one at a time, when they are asked for, by code that yields them: at any depth of calls, in any loop,
 * out of any callback.
 *
 * <pre>{@code
 * static void walk(Node node, Generator.Out<String> out) {
 *     out.yield(node.name());
 *     for (Node child : node.children()) walk(child, out);
 * }
 *
 * try (Generator<String> names = Generator.of(out -> walk(root, out))) {
 *     for (String name : names) System.out.println(name);
 * }
 * }</pre>
 *
 * <p><b>States.</b> Nothing runs before the first element is asked for. Then the body runs up to each yield, and stays
 * suspended there until the next element is asked for or the generator is closed. It is over when the body returns or
 * throws, or when it is closed. The elements are made once: a generator is iterated, streamed or delegated to once.
 *
 * <p><b>Leaving early.</b> {@link #close} throws a {@link GreenletExit} from the body's pending yield, which runs its
 * finally blocks. A plain {@code for} never closes what it iterates: leave one early only inside try-with-resources.
 *
 * <p><b>Failures.</b> What the body throws comes out of {@code hasNext} or {@code next} as the identical object, checked
 * exceptions too ({@link #mayThrow} lets the caller catch them), and the generator is over. Misuse throws an
 * {@link IllegalStateException}, or a {@link GreenletException} if it is the greenlet's, and changes nothing.
 *
 * <p><b>Nulls</b> are elements like any other.
 *
 * <p>Confined to the thread that asks for its first element; any greenlet of that thread may ask for the next. Its body
 * runs on that thread, in a greenlet of its own.
 *
 * <p><b>Memory effects</b>: none are needed within a thread. <b>Limits</b>: streams of it are sequential. An element
 * costs one switch there and one back, where an iterator written by hand costs a call: {@code docs/performance.md}.
 *
 * @param <T> the elements
 */
public final class Generator<T extends @Nullable Object> implements Iterable<T>, AutoCloseable {
    /**
     * What yields the elements.
     *
     * @param <T> the elements
     */
    @FunctionalInterface
    public interface Body<T extends @Nullable Object> {
        /**
         * Yields all elements and returns.
         *
         * @param out where to
         * @throws Throwable anything: the identical object is thrown where the next element was asked for
         */
        void run(Out<T> out) throws Throwable;
    }

    /**
     * Where a body yields to. It may be handed to whatever the body calls, as a {@link Consumer} too:
     * {@code list.forEach(out)}. Confined to its generator's thread.
     *
     * @param <T> the elements
     */
    @SuppressWarnings("NamedLikeContextualKeyword") // "yield" is the word for it, and nobody calls it unqualified
    public static final class Out<T extends @Nullable Object> implements Consumer<T> {
        private final Semicoroutine<@Nullable Void, @Nullable Object> inside;

        private Out(Semicoroutine<@Nullable Void, @Nullable Object> inside) {
            this.inside = inside;
        }

        /**
         * Delivers an element and returns when the next one is asked for. A switch point.
         *
         * @param element the element, may be null
         * @throws IllegalStateException if the caller is not the generator's body or something that it calls
         * @throws GreenletException.Pinned if the body's stack cannot be suspended
         * @throws GreenletExit if the generator is closed meanwhile
         */
        public void yield(T element) {
            inside.yield(element);
        }

        /**
         * Yields, for those who want a {@link Consumer}. A switch point.
         *
         * @param element the element, may be null
         * @throws IllegalStateException if the caller is not the generator's body or something that it calls
         * @throws GreenletException.Pinned if the body's stack cannot be suspended
         * @throws GreenletExit if the generator is closed meanwhile
         */
        @Override
        public void accept(T element) {
            inside.yield(element);
        }

        /**
         * Yields each of the elements. If they are a generator, that one runs in this one's place: an element costs the
         * same however deep generators delegate to generators. What it throws comes out of this call; when this
         * generator is closed, that one is unwound first. A switch point.
         *
         * @param elements what to yield; a generator must be unused, and is over afterwards
         * @throws IllegalStateException if it is a used generator, or the caller is not this generator's body or
         *     something that it calls
         * @throws GreenletException.Pinned if the body's stack cannot be suspended
         * @throws GreenletExit if this generator is closed meanwhile
         */
        public void yieldAll(Iterable<? extends T> elements) {
            if (elements instanceof Generator<? extends T> generator) {
                generator.ensureUnused("delegate to");
                try {
                    inside.delegate(generator.inside);
                } finally {
                    generator.used = generator.inside.hasStarted(); // not if this was refused
                }
            } else {
                for (T element : elements) {
                    inside.yield(element);
                }
            }
        }
    }

    private static final String TAKE = "take the next element of";

    private final Semicoroutine<@Nullable Void, @Nullable Object> inside;
    private boolean used;

    private Generator(String description, Body<T> body) {
        inside = new Semicoroutine<>(description, _ -> {
            body.run(out());
            return null;
        });
    }

    private Out<T> out() {
        return new Out<>(inside);
    }

    /**
     * Creates a generator; its body runs when the first element is asked for. Not a switch point.
     *
     * @param <T> the elements
     * @param body what yields them
     * @return a new generator
     */
    public static <T extends @Nullable Object> Generator<T> of(Body<T> body) {
        return new Generator<>(Semicoroutine.describe("generator", body), body);
    }

    /**
     * Creates a generator with a name. Not a switch point.
     *
     * @param <T> the elements
     * @param name what messages, reports and {@link #toString} call it
     * @param body what yields the elements
     * @return a new generator
     */
    public static <T extends @Nullable Object> Generator<T> of(String name, Body<T> body) {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(body, "body");
        return new Generator<>("generator '" + name + "'", body);
    }

    /**
     * Returns the elements. Asking for one is a switch point; this is not.
     *
     * @return the only iterator; it ends when the generator is closed, but for an element that it has looked ahead to
     * @throws IllegalStateException if the generator has been iterated, streamed, delegated to or closed
     */
    @Override
    public Iterator<T> iterator() {
        ensureUnused("iterate");
        return new Elements();
    }

    /**
     * Returns the elements as a sequential stream, which closes this generator when it is closed. Asking for an element
     * is a switch point; this is not.
     *
     * @return a stream: close it, by try-with-resources or {@code flatMap}, unless it is read to its end
     * @throws IllegalStateException if the generator has been iterated, streamed, delegated to or closed
     */
    public Stream<T> stream() {
        Iterator<T> elements = iterator();
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(elements, Spliterator.ORDERED), false)
                .onClose(this::close);
    }

    /**
     * Lets the caller catch a checked exception that the body throws:
     * {@code for (Path file : files.mayThrow(IOException.class))}. A declaration only: exceptions of other types pass as
     * well. Not a switch point.
     *
     * @param <X> the exception that the caller wants to catch
     * @param type the exception that the caller wants to catch
     * @return this generator
     * @throws X never here, but where an element is asked for, if the body throws it
     */
    @SuppressWarnings("RedundantThrows") // the clause is what the method is for
    public <X extends Throwable> Generator<T> mayThrow(Class<X> type) throws X {
        Objects.requireNonNull(type, "type");
        return this;
    }

    /**
     * Ends this generator. A suspended body gets a {@link GreenletExit} from its yield, which runs its finally blocks; an
     * unstarted one never runs; one that is over is left alone. A switch point.
     *
     * @throws IllegalStateException if its body is running, caught the exit and yielded again, or yields in the place of
     *     another generator that delegated to this
     * @throws GreenletException.WrongThread if it was started on another thread
     * @throws GreenletException.Pinned if the caller's stack cannot be suspended
     */
    @Override
    public void close() {
        used = true;
        inside.close();
    }

    /** Marks it as used, once. */
    private void ensureUnused(String attempt) {
        if (used) {
            throw new IllegalStateException("Cannot " + attempt + " " + inside
                    + ": it has been used or closed already, and its elements are made once. Make another.");
        }
        used = true;
    }

    @Override
    public String toString() {
        return "Generator[" + inside + " " + inside.stage() + "]";
    }

    /** Looks one element ahead: only running the body tells whether there is one. */
    private final class Elements implements Iterator<T> {
        private boolean ahead;
        private @Nullable Object next;

        @Override
        public boolean hasNext() {
            if (!ahead && !inside.isOver()) {
                Object yielded = inside.resume(TAKE, null);
                ahead = !inside.isOver();
                next = yielded;
            }
            return ahead;
        }

        @Override
        @SuppressWarnings({"unchecked", "NullAway"}) // only hasNext sets it, to a T, null if that may be
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException("Cannot take the next element of " + Generator.this.inside
                        + ": there is none left. Ask hasNext() first.");
            }
            T element = (T) next;
            ahead = false;
            next = null;
            return element;
        }
    }
}
