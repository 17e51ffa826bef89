package greenlet.lab.scenario.timeshare;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * How late short tasks came, in ascending order.
 *
 * @param sortedNanos the delays
 */
@SuppressWarnings(
        "ArrayRecordComponent") // Never compared; a list of a thousand Longs would be made while tasks are timed.
record Delays(long[] sortedNanos) {
    static Delays of(LongStream nanos) {
        return new Delays(nanos.sorted().toArray());
    }

    static Delays of(List<ShortTask> tasks) {
        return of(tasks.stream().flatMapToLong(task -> Arrays.stream(task.delays())));
    }

    long longest() {
        return sortedNanos[sortedNanos.length - 1];
    }

    /** The smallest delay that at least 99 of 100 do not exceed. */
    long p99() {
        return sortedNanos[(int) Math.ceil(sortedNanos.length * 0.99) - 1];
    }

    String toLine() {
        return Arrays.stream(sortedNanos).mapToObj(Long::toString).collect(Collectors.joining(" "));
    }

    static LongStream parse(String line) {
        return Arrays.stream(line.split(" ", -1)).mapToLong(Long::parseLong);
    }
}
