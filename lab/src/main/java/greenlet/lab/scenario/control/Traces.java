package greenlet.lab.scenario.control;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * The traces of some runs of one program in one order.
 *
 * @param all the traces, one a run
 */
record Traces(List<ByteBuffer> all) {
    Traces {
        all = List.copyOf(all);
    }

    static Traces of(Performer performer, Order order, int runs) throws Exception {
        List<ByteBuffer> all = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            all.add(ByteBuffer.wrap(performer.perform(order)));
        }
        return new Traces(all);
    }

    /** How many different ones: 1 if the program repeats itself to the byte. */
    int distinct() {
        return new HashSet<>(all).size();
    }

    /** Of the runs after the first, the share, 0 to 1, that left the first one's trace. */
    double repeated() {
        return all.stream().skip(1).filter(all.getFirst()::equals).count() / (double) (all.size() - 1);
    }

    /** The share, 0 to 1, that is the given one. */
    double shareOf(byte[] wanted) {
        ByteBuffer one = ByteBuffer.wrap(wanted);
        return all.stream().filter(one::equals).count() / (double) all.size();
    }
}
