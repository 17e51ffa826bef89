package greenlet.hub;

import greenlet.hub.poll.Epoll;
import greenlet.hub.poll.EpollPoller;
import greenlet.hub.time.SystemClock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The program of {@link MemoryExhaustedTest}: one green thread takes all the heap while others go on switching. */
final class MemoryPrograms {
    private static final int BYSTANDERS = 20;
    private static final int TURNS = 200;

    private MemoryPrograms() {}

    @SuppressWarnings("ThreadPriorityCheck") // yields are what must go on
    public static void main(String[] arguments) throws Exception {
        AtomicInteger told = new AtomicInteger();
        Hub hub = Hub.builder()
                .uncaught((thread, failure) -> told.incrementAndGet())
                .start();
        // Not before all are spawned: the main thread would need memory for that, too.
        CountDownLatch spawned = new CountDownLatch(1);
        GreenThread<?> greedy = hub.spawn("greedy", () -> {
            spawned.await();
            return hoard();
        });
        List<GreenThread<?>> bystanders = new ArrayList<>();
        for (int i = 0; i < BYSTANDERS; i++) {
            bystanders.add(hub.spawn(() -> {
                spawned.await();
                for (int turn = 0; turn < TURNS; turn++) {
                    Thread.yield();
                    Thread.sleep(0, 50_000);
                }
            }));
        }
        spawned.countDown();
        Outcome<?> outcome = greedy.join();
        int lost = 0;
        for (GreenThread<?> bystander : bystanders) {
            // It may have been the one whose allocation failed, but it must have ended.
            lost += bystander.join(java.time.Duration.ofSeconds(30)) == null ? 1 : 0;
        }
        String after = hub.spawn(() -> "fine").get();
        System.out.println(outcome.getClass().getSimpleName() + " "
                + (outcome instanceof Outcome.Failed<?>(Throwable failure) && failure instanceof OutOfMemoryError)
                + " lost " + lost + ", after: " + after
                + ", clean " + hub.close(java.time.Duration.ofSeconds(5)).isClean());
    }

    /** Until there is no more, in small pieces, with turns for the others in between. */
    @SuppressWarnings("ThreadPriorityCheck")
    private static int hoard() {
        List<byte[]> hoard = new ArrayList<>();
        while (true) {
            hoard.add(new byte[4096]);
            if (hoard.size() % 16 == 0) {
                Thread.yield();
            }
        }
    }

    /** Registers a descriptor with so high a number that not all tables fit. */
    static final class DescriptorTables {
        private static final int HIGH = 1_200_000;

        private DescriptorTables() {}

        public static void main(String[] arguments) {
            EpollPoller poller = new EpollPoller(new Agreeable(), (descriptor, waiter) -> {}, new SystemClock());
            for (int attempt = 0; attempt < 2; attempt++) {
                System.out.println(register(poller, HIGH));
            }
            System.out.println(register(poller, 5));
        }

        private static String register(EpollPoller poller, int descriptor) {
            try {
                return "registered " + poller.register(descriptor, EpollPoller.Side.READ, ready -> {});
            } catch (OutOfMemoryError | IndexOutOfBoundsException e) {
                return e.getClass().getSimpleName();
            }
        }
    }

    /** Watches whatever it is asked to, and nothing ever happens. */
    private static final class Agreeable implements Epoll {
        @Override
        public int control(int operation, int descriptor, int events) {
            return 0;
        }

        @Override
        public int await(int millis) {
            return 0;
        }

        @Override
        public boolean wasSignalled() {
            return false;
        }

        @Override
        public int descriptor(int index) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public int events(int index) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public void signal() {}

        @Override
        public void close() {}
    }
}
