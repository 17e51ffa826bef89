package greenlet.hub;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to be told of one event, in order of asking. Lock-free: a Treiber stack that is closed by its end mark.
 *
 * <p>Safe for use from any thread.
 *
 * @param <E> what they are told
 */
final class Callbacks<E> {
    private static final class Node<E> {
        final Consumer<? super E> callback;

        @Nullable
        Node<E> older;

        Node(Consumer<? super E> callback) {
            this.callback = callback;
        }
    }

    private static final VarHandle HEAD;
    private static final Node<?> CLOSED = new Node<>(event -> {});

    static {
        try {
            HEAD = MethodHandles.lookup().findVarHandle(Callbacks.class, "head", Node.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile @Nullable Node<E> head;

    /** Adds a callback; false if the event has happened, and the caller is to call it. */
    boolean add(Consumer<? super E> callback) {
        Node<E> node = new Node<>(callback);
        while (true) {
            Node<E> seen = head;
            if (seen == CLOSED) {
                return false;
            }
            node.older = seen;
            if (HEAD.compareAndSet(this, seen, node)) {
                return true;
            }
        }
    }

    /** Tells everybody, the first that asked first; what a callback throws goes to the handler and stops no other. */
    @SuppressWarnings("unchecked") // the end mark is never called
    void fire(E event, Consumer<Throwable> onFailure) {
        Node<E> newest = (Node<E>) HEAD.getAndSet(this, CLOSED);
        Node<E> oldest = null;
        while (newest != null && newest != CLOSED) {
            Node<E> older = newest.older;
            newest.older = oldest;
            oldest = newest;
            newest = older;
        }
        for (Node<E> node = oldest; node != null; node = node.older) {
            try {
                node.callback.accept(event);
            } catch (Throwable failure) {
                onFailure.accept(failure);
            }
        }
    }
}
