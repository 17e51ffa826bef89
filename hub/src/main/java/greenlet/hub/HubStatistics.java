package greenlet.hub;

/**
 * A hub at one moment; the numbers are read one after another while it runs. Immutable.
 *
 * @param hub the hub's name
 * @param greenThreads how many have been started and have not ended, inherited ones included
 * @param spawned how many of these came through the hub: {@code spawn}, thread factory, executor
 * @param switches how many turns have been given so far
 * @param timers how many timed waits are under way
 * @param unreportedErrors how many failures inside the hub could not be told of, for want of memory
 * @param carriers how many platform threads carry it: one, and more while calls block
 * @param handOffs how often a call that lasted made another carrier take over
 * @param polling who looks for input: the hub itself or the JDK, and why
 */
public record HubStatistics(
        String hub,
        int greenThreads,
        int spawned,
        long switches,
        int timers,
        long unreportedErrors,
        int carriers,
        long handOffs,
        String polling) {}
