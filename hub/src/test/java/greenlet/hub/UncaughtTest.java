package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is told of a failure that nobody takes, on a hub without a handler, and when a handler fails itself. */
// What a member comes to is for whoever joins the group.
@SuppressWarnings("FutureReturnValueIgnored")
@Timeout(60)
class UncaughtTest {
    private static final Duration LONG = Duration.ofDays(1);

    private final List<Throwable> told = new CopyOnWriteArrayList<>();
    private Thread.@Nullable UncaughtExceptionHandler before;

    @BeforeEach
    void setDefaultHandler() {
        before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> told.add(failure));
    }

    @AfterEach
    void restoreDefaultHandler() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    /** The member's thread had ended, and so had no thread group to be told through. */
    @Test
    void group_closedOnAHubWithoutAHandler_tellsTheDefaultHandlerOfAMembersFailure() {
        IOException failure = new IOException("planted");
        Hub.run(() -> {
            try (Group<Object, List<Object>> group = Group.open()) {
                group.spawn(() -> {
                    throw failure;
                });
                GreenThread.yieldTurn();
            }
        });

        assertThat(told).containsExactly(failure);
    }

    @Test
    void groups_abandonedOnAHubWithoutAHandler_allAreAbandonedAndAllIsTold() throws Exception {
        IOException ofOuter = new IOException("a member of the outer group");
        IOException ofInner = new IOException("a member of the inner group");
        Hub.run(() -> {
            AtomicReference<GreenThread<?>> outers = new AtomicReference<>();
            Hub.current()
                    .spawn("careless", () -> {
                        Group<Object, Object> outer = Group.open(GroupPolicy.firstSuccess());
                        outers.set(outer.spawn(() -> Thread.sleep(LONG)));
                        outer.spawn(() -> {
                            throw ofOuter;
                        });
                        Group<Object, List<Object>> inner = Group.open();
                        inner.spawn(() -> {
                            throw ofInner;
                        });
                        GreenThread.yieldTurn();
                    })
                    .join();

            assertThat(outers.get().join()).isInstanceOf(Outcome.Exited.class);
        });

        assertThat(told).hasSize(3).startsWith(ofInner, ofOuter);
        assertThat(told.get(2)).hasMessageContaining("'careless' ended without closing a group");
    }

    @Test
    void callbacks_theThreadsOwnHandlerThrows_othersAreCalledAndAllIsTold() throws Exception {
        IOException ofBody = new IOException("the body's");
        IllegalStateException ofCallback = new IllegalStateException("a callback's");
        IllegalStateException ofHandler = new IllegalStateException("the handler's");
        List<String> called = new ArrayList<>();
        Hub.run(() -> {
            GreenThread<?> thread = Hub.current().spawn(() -> {
                Thread.currentThread().setUncaughtExceptionHandler((self, failure) -> {
                    throw ofHandler;
                });
                throw ofBody;
            });
            thread.onEnd(outcome -> {
                throw ofCallback;
            });
            thread.onEnd(outcome -> called.add("second"));
            thread.join();
        });

        assertThat(called).containsExactly("second");
        assertThat(told)
                .containsExactly(ofCallback, ofBody)
                .allSatisfy(each -> assertThat(each.getSuppressed()).containsExactly(ofHandler));
    }

    @Test
    void callbacks_theDefaultHandlerThrows_othersAreCalledAndAllIsTold() throws Exception {
        IOException ofBody = new IOException("the body's");
        IllegalStateException ofCallback = new IllegalStateException("a callback's");
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            told.add(failure);
            throw new IllegalStateException("the handler's");
        });
        List<String> called = new ArrayList<>();
        Hub.run(() -> {
            GreenThread<?> thread = Hub.current().spawn(() -> {
                throw ofBody;
            });
            thread.onEnd(outcome -> {
                throw ofCallback;
            });
            thread.onEnd(outcome -> called.add("second"));
            thread.join();
        });

        assertThat(called).containsExactly("second");
        assertThat(told).containsExactly(ofCallback, ofBody);
    }

    /** A handler that throws on what it is told cannot be told of it as of something else. */
    @Test
    void hubsHandler_throwsWhatItIsTold_theDefaultHandlerIsTold() throws Exception {
        IOException failure = new IOException("planted");
        Hub.builder()
                .uncaught((thread, thrown) -> {
                    throw UncaughtTest.<RuntimeException>identical(thrown);
                })
                .run(() -> Hub.current()
                        .spawn(() -> {
                            throw failure;
                        })
                        .join());

        assertThat(told).containsExactly(failure);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> X identical(Throwable thrown) throws X {
        throw (X) thrown;
    }

    /** What a timeout's interrupt came to was told on the usher, which ended if that failed too: no later timeout fired. */
    @Test
    void usher_channelAndHandlersThrow_laterTimeoutsFire() throws Exception {
        IllegalStateException ofChannel = new IllegalStateException("the channel's");
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            told.add(failure);
            throw new IllegalStateException("the handler's");
        });
        Hub.run(() -> {
            greenlet.hub.Timeout first = greenlet.hub.Timeout.of(Duration.ofMillis(1));
            assertThatThrownBy(() -> first.run(() -> new FailingChannel(ofChannel).await()))
                    .isInstanceOf(TimedOutException.class);

            greenlet.hub.Timeout second = greenlet.hub.Timeout.of(Duration.ofMillis(1));
            assertThatThrownBy(() -> second.run(() -> Thread.sleep(LONG))).isInstanceOf(TimedOutException.class);
        });

        assertThat(told).containsExactly(ofChannel);
    }

    /** Waits, until an interrupt closes it, which fails. */
    private static final class FailingChannel extends AbstractInterruptibleChannel {
        private final RuntimeException failure;
        private final Thread waiter = Thread.currentThread();

        FailingChannel(RuntimeException failure) {
            this.failure = failure;
        }

        void await() throws IOException {
            boolean completed = false;
            try {
                begin();
                while (isOpen()) {
                    LockSupport.park(this);
                }
                completed = true;
            } finally {
                end(completed);
            }
        }

        @Override
        protected void implCloseChannel() {
            LockSupport.unpark(waiter); // the JDK does not, after what follows
            throw failure;
        }
    }
}
