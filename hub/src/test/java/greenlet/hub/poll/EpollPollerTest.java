package greenlet.hub.poll;

import static greenlet.hub.poll.EpollPoller.Side.READ;
import static greenlet.hub.poll.EpollPoller.Side.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpollPollerTest {
    private static final int HANG_UP = 0x10;

    private final FakeEpoll kernel = new FakeEpoll();
    private final List<String> told = new ArrayList<>();
    private final List<String> inherited = new ArrayList<>();
    private final Set<Integer> waiting = new HashSet<>();
    private long nowNanos = -1_000_000_000;
    private final EpollPoller poller = new EpollPoller(
            kernel,
            (descriptor, waiter) -> {
                if (descriptor == 13) {
                    throw new IOException("no room");
                }
                inherited.add("inherited " + descriptor);
            },
            () -> nowNanos);

    private boolean register(int descriptor, EpollPoller.Side side) {
        return poller.register(descriptor, side, ready -> told.add(side + " " + ready));
    }

    /** Told some times and registered again: from then on the kernel is believed to watch it. */
    private void registerBelieved(int descriptor) {
        for (int i = 0; i < EpollPoller.TRUSTED; i++) {
            register(descriptor, READ);
            kernel.happen(descriptor, Epoll.READABLE);
            poller.pollNow();
            kernel.consume(descriptor, Epoll.READABLE);
        }
        told.clear();
        kernel.calls.clear();
        register(descriptor, READ);
    }

    @Test
    void register_beforeItHasEarnedBelief_asksTheKernel() {
        for (int i = 0; i < EpollPoller.TRUSTED; i++) {
            kernel.calls.clear();
            register(5, READ);
            assertThat(kernel.calls).contains("modify 5");
            kernel.happen(5, Epoll.READABLE);
            poller.pollNow();
            kernel.consume(5, Epoll.READABLE);
        }
        kernel.calls.clear();

        register(5, READ);

        assertThat(kernel.calls).isEmpty();
    }

    @Test
    void register_foundToBeAnothers_hasToEarnBeliefAnew() {
        registerBelieved(5);
        kernel.closeDescriptor(5);
        poller.prepareToWait();
        poller.await(HubPoller.FOREVER); // proved
        kernel.happen(5, Epoll.READABLE);
        poller.pollNow();
        kernel.consume(5, Epoll.READABLE);
        kernel.calls.clear();

        register(5, READ);

        assertThat(kernel.calls).containsExactly("modify 5");
    }

    @Test
    void pollNow_readable_tellsTheReaderOnce() {
        register(5, READ);
        kernel.happen(5, Epoll.READABLE);

        poller.pollNow();
        kernel.happen(5, Epoll.READABLE);
        poller.pollNow();

        assertThat(told).containsExactly("READ 5");
        assertThat(poller.hasPending()).isFalse();
    }

    @Test
    void pollNow_oneSideReady_watchesTheOtherOn() {
        register(5, READ);
        register(5, WRITE);
        kernel.happen(5, Epoll.WRITABLE);

        poller.pollNow();

        assertThat(told).containsExactly("WRITE 5");
        assertThat(poller.hasPending()).isTrue();

        kernel.happen(5, Epoll.READABLE);
        poller.pollNow();

        assertThat(told).containsExactly("WRITE 5", "READ 5");
    }

    @Test
    void pollNow_hangUp_tellsBothSides() {
        register(5, READ);
        register(5, WRITE);
        kernel.happen(5, HANG_UP);

        poller.pollNow();

        assertThat(told).containsExactly("READ 5", "WRITE 5");
    }

    @Test
    void register_again_costsNoSystemCallAndIsTold() {
        registerBelieved(5);
        kernel.happen(5, Epoll.READABLE);
        poller.pollNow();

        assertThat(kernel.calls).containsExactly("wait 0");
        assertThat(told).containsExactly("READ 5");
    }

    @Test
    void register_byAnotherThread_asksTheKernel() throws InterruptedException {
        registerBelieved(5);
        kernel.happen(5, Epoll.READABLE);
        poller.pollNow();
        kernel.calls.clear();

        Thread another = Thread.ofPlatform().start(() -> register(5, READ));
        another.join();

        assertThat(kernel.calls).containsExactly("modify 5");
    }

    @Test
    void await_unproven_givesTheEventAMomentToCome() {
        registerBelieved(5);
        kernel.happen(5, Epoll.READABLE);

        poller.prepareToWait();
        poller.await(HubPoller.FOREVER);

        assertThat(kernel.calls).containsExactly("wait 1");
        assertThat(told).containsExactly("READ 5");
    }

    @Test
    void await_unprovenAndNothingHappens_provesThemAllBeforeALongWait() {
        registerBelieved(5);
        registerBelieved(6);
        kernel.calls.clear();

        poller.prepareToWait();
        poller.await(HubPoller.FOREVER);
        poller.await(HubPoller.FOREVER);

        assertThat(kernel.calls).containsExactly("wait 1", "modify 5", "modify 6", "wait -1");
    }

    @Test
    void await_unprovenAndASignal_returns() {
        registerBelieved(5);

        poller.prepareToWait();
        poller.wakeUp();
        poller.await(HubPoller.FOREVER);

        assertThat(kernel.calls).containsExactly("wait 1");
    }

    @Test
    void await_numberIsAnothersByNow_isFoundOutBeforeALongWait() {
        registerBelieved(5);
        kernel.closeDescriptor(5);
        kernel.happen(5, Epoll.READABLE); // of the other one

        poller.prepareToWait();
        poller.await(HubPoller.FOREVER);
        poller.await(HubPoller.FOREVER);

        assertThat(kernel.calls).containsExactly("wait 1", "modify 5", "add 5", "wait -1");
        assertThat(told).containsExactly("READ 5");
    }

    @Test
    void pollNow_numberIsAnothersAndTheHubIsBusy_isFoundOutWithinTwoTerms() {
        registerBelieved(5);
        kernel.closeDescriptor(5);
        kernel.happen(5, Epoll.READABLE);
        for (int look = 0; look < 3; look++) {
            assertThat(told).isEmpty();
            nowNanos += Unproven.TERM_NANOS;
            poller.pollNow();
        }

        assertThat(told).containsExactly("READ 5");
        assertThat(kernel.calls).containsExactly("wait 0", "wait 0", "modify 5", "add 5", "wait 0");
    }

    @Test
    void pollNow_eventCameWhenNobodyWaited_isNotLost() {
        registerBelieved(5);
        kernel.happen(5, Epoll.READABLE);
        poller.pollNow();
        kernel.happen(5, Epoll.READABLE);
        poller.pollNow(); // drops the edge
        told.clear();
        register(5, READ);

        poller.prepareToWait();
        poller.await(HubPoller.FOREVER);
        poller.await(HubPoller.FOREVER);

        assertThat(told).containsExactly("READ 5");
    }

    @Test
    void pollNow_secondEventThatNobodyWaitsFor_givesTheDescriptorUp() {
        registerBelieved(5);
        for (int i = 0; i < 3; i++) {
            kernel.happen(5, Epoll.READABLE);
            poller.pollNow();
        }

        assertThat(kernel.watched).isEmpty();
        kernel.calls.clear();
        register(5, READ);
        assertThat(kernel.calls).containsExactly("modify 5", "add 5");
    }

    @Test
    void pollNow_hangUp_isTheLastThatIsBelieved() {
        registerBelieved(5);
        kernel.happen(5, Epoll.READABLE | Epoll.HUNG_UP);
        poller.pollNow();
        kernel.calls.clear();

        register(5, READ);

        assertThat(kernel.calls).containsExactly("modify 5");
    }

    @Test
    void pollNow_peerWritesNoMore_tellsTheReaderAndLeavesTheWriterUntilThereIsRoom() {
        register(5, READ);
        register(5, WRITE);
        kernel.happen(5, Epoll.READABLE | Epoll.HUNG_UP);
        poller.pollNow();
        assertThat(told).containsExactly("READ 5");

        kernel.happen(5, Epoll.WRITABLE | Epoll.HUNG_UP);
        poller.pollNow();
        assertThat(told).containsExactly("READ 5", "WRITE 5");
    }

    @Test
    void await_provingIsRefused_tellsWhoWaits() {
        registerBelieved(5);
        kernel.refuse = 12;

        poller.prepareToWait();
        poller.await(HubPoller.FOREVER);

        assertThat(told).containsExactly("READ 5");
        assertThat(poller.hasPending()).isFalse();
    }

    @Test
    void register_kernelRefuses_isLeftToOthers() {
        kernel.refuse = 28;

        assertThat(register(5, READ)).isFalse();
        assertThat(poller.hasPending()).isFalse();
        assertThat(poller.deregister(5, READ)).isFalse();
    }

    @Test
    void register_largeDescriptor_isWatched() {
        register(100_000, WRITE);
        kernel.happen(100_000, Epoll.WRITABLE);

        poller.pollNow();

        assertThat(told).containsExactly("WRITE 100000");
    }

    @Test
    void deregister_notReported_takesItOutOfTheKernel() {
        register(5, READ);

        assertThat(poller.deregister(5, READ)).isTrue();
        assertThat(kernel.watched).isEmpty();
        assertThat(poller.hasPending()).isFalse();
    }

    @Test
    void deregister_otherSideWaits_leavesThatOne() {
        register(5, READ);
        register(5, WRITE);

        poller.deregister(5, READ);
        kernel.happen(5, Epoll.READABLE | Epoll.WRITABLE);
        poller.pollNow();

        assertThat(told).containsExactly("WRITE 5");
    }

    @Test
    void deregister_unknown_isNotOurs() {
        assertThat(poller.deregister(7, READ)).isFalse();
        assertThat(poller.deregister(7_000, WRITE)).isFalse();
    }

    @Test
    void close_waitersLeft_areInheritedOrToldAndLaterOnesGoElsewhere() {
        register(5, READ);
        register(6, WRITE);
        register(13, READ);

        poller.close();

        assertThat(inherited).containsExactly("inherited 5", "inherited 6");
        assertThat(told).containsExactly("READ 13");
        assertThat(kernel.closed).isTrue();
        assertThat(poller.hasPending()).isFalse();
        assertThat(register(5, READ)).isFalse();
        assertThat(poller.deregister(5, READ)).isFalse();
    }

    @Test
    void await_nothingToWatch_staysOutOfTheKernel() {
        poller.prepareToWait();
        poller.wakeUp();
        poller.await(1_000_000_000);

        assertThat(kernel.calls).isEmpty();
        assertThat(kernel.signals).isZero();
    }

    @Test
    void await_somethingToWatch_waitsWholeMillisecondsInTheKernel() {
        register(5, READ);
        kernel.calls.clear();

        poller.prepareToWait();
        poller.await(HubPoller.FOREVER);
        poller.await(2_900_000);
        poller.await(999_999);
        poller.wakeUp();

        assertThat(kernel.calls).containsExactly("wait -1", "wait 2", "wait 0");
        assertThat(kernel.signals).isEqualTo(1);
    }

    @Test
    void counts_afterAWait_tellTheSystemCalls() {
        register(5, READ);
        kernel.happen(5, Epoll.READABLE);

        poller.pollNow();

        assertThat(poller.counts()).isEqualTo(new EpollPoller.Counts(1, 2, 1));
    }

    /**
     * Descriptors that are used, closed without a word and used anew, in any order: whoever waits for what is ready has been told when the hub rests, and when
     * it is busy after two terms.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void orders_atRandom_leaveNobodyWaitingForWhatIsReady(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int step = 0; step < 20_000; step++) {
            int descriptor = 3 + random.nextInt(6);
            EpollPoller.Side side = random.nextInt(4) == 0 ? WRITE : READ;
            int event = side == READ ? Epoll.READABLE : Epoll.WRITABLE;
            switch (random.nextInt(12)) {
                case 0, 1, 2 -> waitFor(descriptor, side, event);
                case 3, 4 -> kernel.happen(descriptor, event);
                case 5 -> kernel.consume(descriptor, event);
                case 6 -> closeUnlessAwaited(descriptor);
                case 7 -> {
                    if (poller.deregister(descriptor, side)) {
                        waiting.remove(descriptor * 2 + (side == READ ? 0 : 1));
                    }
                }
                case 8 -> kernel.happen(descriptor, HANG_UP);
                case 9 -> {
                    for (int look = 0; look < 3; look++) {
                        nowNanos += Unproven.TERM_NANOS;
                        poller.pollNow();
                    }
                    assertNobodyWaitsForWhatIsReady();
                }
                case 10 -> {
                    rest();
                    assertNobodyWaitsForWhatIsReady();
                }
                default -> {
                    nowNanos += random.nextInt(400_000);
                    poller.pollNow();
                }
            }
            kernel.calls.clear();
        }
        assertThat(poller.hasPending()).isEqualTo(!waiting.isEmpty());
    }

    /** Waits until it would sleep; the fake's sleep ends at once, and what happened before it has then been reported. */
    private void rest() {
        while (poller.hasPending() && !kernel.calls.contains("wait -1")) {
            poller.prepareToWait();
            poller.await(HubPoller.FOREVER);
        }
    }

    /** As the JDK does: who finds something ready does not wait. */
    private void waitFor(int descriptor, EpollPoller.Side side, int event) {
        int key = descriptor * 2 + (side == READ ? 0 : 1);
        if ((kernel.ready(descriptor) & (event | HANG_UP)) == 0 && waiting.add(key)) {
            assertThat(poller.register(descriptor, side, _ -> waiting.remove(key)))
                    .isTrue();
        }
    }

    private void closeUnlessAwaited(int descriptor) {
        if (!waiting.contains(2 * descriptor) && !waiting.contains(2 * descriptor + 1)) {
            kernel.closeDescriptor(descriptor);
        }
    }

    private void assertNobodyWaitsForWhatIsReady() {
        for (int key : waiting) {
            int event = key % 2 == 0 ? Epoll.READABLE : Epoll.WRITABLE;
            assertThat(kernel.ready(key / 2) & (event | HANG_UP))
                    .as("ready, and waited for: %s", key)
                    .isZero();
        }
    }
}
