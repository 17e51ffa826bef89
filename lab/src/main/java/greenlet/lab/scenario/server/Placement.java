package greenlet.lab.scenario.server;

import greenlet.lab.process.Cores;
import java.util.List;
import java.util.Optional;

/**
 * Which cores are the server's and which its load generator's.
 *
 * <p>Immutable.
 *
 * @param generators those of the generator; none if it may run anywhere
 * @param problem why they are not apart, or empty
 */
public record Placement(Cores generators, Optional<String> problem) {
    /**
     * Pins this process, the server, to the first core; the rest is for the generator. Blocks until that is done.
     *
     * @return where the generator belongs
     * @throws InterruptedException if the calling thread is interrupted meanwhile
     */
    public static Placement serverOnOneCore() throws InterruptedException {
        Optional<Cores> allowed = Cores.allowed();
        if (allowed.isEmpty() || allowed.get().count() < 2) {
            return new Placement(new Cores(List.of()), Optional.of("this machine has a single core, or does not tell"));
        }
        Cores mine = allowed.get().first(1);
        Cores rest = allowed.get().without(mine);
        return new Placement(rest, mine.pinThisProcess());
    }
}
