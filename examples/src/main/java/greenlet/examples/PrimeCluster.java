package greenlet.examples;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import greenlet.hub.GreenThread;
import greenlet.hub.Hub;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/**
 * CPU-bound work for more cores and more machines: a hub is one core, so it gives the work away and awaits it. Whatever
 * has a future will do; this one is the executor of a Hazelcast cluster, here two members of one process that talk over
 * loopback. {@code get()} is plain blocking code, so the hub's other green threads go on.
 */
public final class PrimeCluster {
    private static final String ENGINE = "primes";
    private static final String LOOPBACK = "127.0.0.1";
    private static final int PARTS = 8;
    private static final int PART = 25_000;

    private int ticks;
    private boolean done;

    private PrimeCluster() {}

    /**
     * Counts primes, on a thread of the member that it is sent to.
     *
     * @param from the first number
     * @param to the first one that is no longer looked at
     */
    record CountPrimes(int from, int to) implements Callable<Integer>, Serializable {
        @Override
        public Integer call() {
            if (from > to) {
                throw new IllegalArgumentException("Cannot count from " + from + " up to " + to);
            }
            int primes = 0;
            for (int number = Math.max(2, from); number < to; number++) {
                int factor = 2;
                while (factor * factor <= number && number % factor != 0) {
                    factor++;
                }
                primes += factor * factor > number ? 1 : 0;
            }
            return primes;
        }
    }

    /** A part for each green thread, the members in turn; each green thread waits for its own part. */
    private static int countOn(HazelcastInstance cluster) throws ExecutionException, InterruptedException {
        IExecutorService engine = cluster.getExecutorService(ENGINE);
        List<Member> members = List.copyOf(cluster.getCluster().getMembers());
        List<GreenThread<Integer>> parts = new ArrayList<>();
        for (int i = 0; i < PARTS; i++) {
            Member member = members.get(i % members.size());
            CountPrimes part = new CountPrimes(i * PART, (i + 1) * PART);
            parts.add(Hub.current()
                    .spawn(() -> engine.submitToMember(part, member).get()));
        }
        int primes = 0;
        for (GreenThread<Integer> part : parts) {
            primes += part.get();
        }
        return primes;
    }

    private void work(HazelcastInstance one, HazelcastInstance two, Consumer<String> print) throws Exception {
        GreenThread<?> clock = Hub.current().spawn("clock", () -> {
            while (!done) {
                Thread.sleep(1); // a clock's tick; it goes on only if the hub does
                ticks++; // unsynchronised: the clock and the counters are green threads of one hub
            }
        });
        print.accept(countOn(one) + " primes below " + PARTS * PART);
        done = true;
        clock.join();
        print.accept(ticks > 0 ? "the clock went on meanwhile" : "the clock stood still");
        for (HazelcastInstance member : List.of(one, two)) {
            var statistics = member.getExecutorService(ENGINE).getLocalExecutorStats();
            print.accept("a member had " + statistics.getStartedTaskCount() + " parts");
        }
        try {
            one.getExecutorService(ENGINE).submit(new CountPrimes(9, 1)).get();
        } catch (ExecutionException e) {
            print.accept("failed: " + e.getCause());
        }
    }

    static void run(Consumer<String> print) throws Exception {
        HazelcastInstance one = Hazelcast.newHazelcastInstance(member("primes-" + UUID.randomUUID(), List.of()));
        try {
            HazelcastInstance two =
                    Hazelcast.newHazelcastInstance(member(one.getConfig().getClusterName(), List.of(address(one))));
            Hub.run(() -> new PrimeCluster().work(one, two, print));
        } finally {
            Hazelcast.shutdownAll();
        }
    }

    /** A member that talks to nobody but those named, over loopback, on a port that the system chooses. */
    static Config member(String clusterName, List<String> others) {
        Config config = new Config();
        config.setClusterName(clusterName);
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.getNetworkConfig().setPort(0);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface(LOOPBACK);
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(others);
        return config;
    }

    static String address(HazelcastInstance member) {
        return LOOPBACK + ":"
                + member.getCluster().getLocalMember().getAddress().getPort();
    }

    /**
     * Runs the example.
     *
     * @param args none
     * @throws Exception if the cluster fails
     */
    public static void main(String[] args) throws Exception {
        run(System.out::println);
    }
}
