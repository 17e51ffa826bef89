package greenlet.hub.poll;

import static greenlet.hub.poll.EpollPoller.Side.READ;
import static greenlet.hub.poll.EpollPoller.Side.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EpollPollerTest {
    private static final int HANG_UP = 0x10;

    private final FakeEpoll kernel = new FakeEpoll();
    private final List<String> told = new ArrayList<>();
    private final List<String> inherited = new ArrayList<>();
    private final EpollPoller poller = new EpollPoller(kernel, (descriptor, waiter) -> {
        if (descriptor == 13) {
            throw new IOException("no room");
        }
        inherited.add("inherited " + descriptor);
    });

    private boolean register(int descriptor, EpollPoller.Side side) {
        return poller.register(descriptor, side, ready -> told.add(side + " " + ready));
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
        assertThat(kernel.watched).containsEntry(5, Epoll.READABLE);
        assertThat(poller.hasPending()).isTrue();
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
    void register_again_costsOneSystemCall() {
        register(5, READ);
        kernel.happen(5, Epoll.READABLE);
        poller.pollNow();
        kernel.calls.clear();

        register(5, READ);

        assertThat(kernel.calls).containsExactly("modify 5");
    }

    @Test
    void register_kernelRefuses_isLeftToOthers() {
        kernel.refuse = 28;

        assertThat(register(5, READ)).isFalse();
        assertThat(poller.hasPending()).isFalse();
        assertThat(poller.deregister(5, READ)).isFalse();
    }

    @Test
    void register_otherSideCannotBeWatchedAgain_isToldAtOnce() {
        register(5, READ);
        register(5, WRITE);
        kernel.happen(5, Epoll.READABLE);
        kernel.refuse = 12;

        poller.pollNow();

        assertThat(told).containsExactly("READ 5", "WRITE 5");
        assertThat(poller.hasPending()).isFalse();
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

        assertThat(kernel.watched).containsEntry(5, Epoll.WRITABLE);
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
}
