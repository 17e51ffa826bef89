package greenlet.lab.advise;

/**
 * Work to be advised on, for those to whom {@link Runnable} and {@link java.util.concurrent.Callable} say too little: it is told how many
 * call it at once, can prepare itself for that, and can name a checksum.
 *
 * {@snippet :
 * public final class Lookup implements Workload {
 *     private final Map<Integer, String> cache = new HashMap<>();
 *
 *     @Override
 *     public void call(int caller) throws Exception {
 *         Thread.sleep(5);
 *         cache.merge(caller, "x", String::concat);
 *     }
 *
 *     @Override
 *     public long checksum() {
 *         return cache.values().stream().mapToLong(String::length).sum();
 *     }
 * }
 * }
 *
 * <p>There is one instance in each JVM that measures, made by a public or package-private constructor without parameters, and all callers
 * share it. Its {@link #call} runs on threads of the mechanism that is measured, several at once: it need not be thread-safe to be measured,
 * and a checksum that differs then says so.
 */
public interface Workload {
    /**
     * Prepares for a number of callers. Called before each measurement, on a platform thread, while no call is under way. Not a switch point
     * unless it makes itself one.
     *
     * @param callers how many will call at once, numbered from 0
     * @throws Exception if it cannot; nothing is measured then
     */
    default void open(int callers) throws Exception {}

    /**
     * Does the work once. A switch point wherever it blocks.
     *
     * @param caller which of the callers this is, from 0; no two calls of the same number overlap
     * @throws Exception if it fails: it is counted, and the first one reported
     */
    void call(int caller) throws Exception;

    /**
     * A number that depends on how many calls there were, and on nothing else: not on their order or on time. It is compared between the
     * mechanisms after equally many calls; where it differs there is a race. Called while no call is under way. Not a switch point.
     *
     * @return the number; always 0 says nothing
     */
    default long checksum() {
        return 0;
    }

    /**
     * Frees what {@link #open} took. Called after each measurement, on a platform thread.
     *
     * @throws Exception if it cannot; it is ignored
     */
    default void close() throws Exception {}
}
