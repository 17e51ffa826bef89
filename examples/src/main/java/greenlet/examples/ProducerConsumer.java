package greenlet.examples;

import greenlet.Greenlet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A producer of lines and a consumer of words, both with loops of their own, neither in charge: each is a greenlet and
 * switches to the other. No queue, no lock, no thread. Lines end where they end and words where they end, which is what
 * makes this awkward with an iterator on either side (the problem of Conway's 1963 paper that introduced coroutines).
 */
public final class ProducerConsumer {
    private static final String END = "";

    private final Greenlet producer;
    private final Greenlet consumer;

    private ProducerConsumer(List<String> lines, Consumer<String> print) {
        producer = Greenlet.of("producer", _ -> produce(lines));
        consumer = Greenlet.of("consumer", first -> consume(String.valueOf(first), print));
        consumer.setParent(producer);
    }

    /** Hands over a character at a time. */
    private @Nullable Object produce(List<String> lines) {
        for (String line : lines) {
            for (int i = 0; i < line.length(); i++) {
                consumer.switchTo(line.substring(i, i + 1));
            }
            consumer.switchTo(" ");
        }
        return consumer.switchTo(END); // comes back when the consumer has ended: this one is its parent
    }

    /** Collects words, whatever line they came from, and prints them three to a row. */
    private @Nullable Object consume(String first, Consumer<String> print) {
        List<String> row = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        String heard = first;
        while (!heard.equals(END)) {
            if (!heard.equals(" ")) {
                word.append(heard);
            } else if (!word.isEmpty()) {
                row.add(word.toString());
                word.setLength(0);
            }
            if (row.size() == 3) {
                print.accept(String.join(" ", row));
                row.clear();
            }
            heard = String.valueOf(producer.switchTo());
        }
        print.accept(String.join(" ", row) + ".");
        return "done";
    }

    static void run(Consumer<String> print) {
        var lines = List.of("control moves", "when a greenlet says so", "and not before");
        Object outcome = new ProducerConsumer(lines, print).producer.switchTo();
        print.accept(String.valueOf(outcome));
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String[] args) {
        run(System.out::println);
    }
}
