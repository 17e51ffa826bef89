package greenlet.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import greenlet.Greenlet;
import greenlet.OnThread;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each thread finds its own tree, whoever has its place in the table. */
class TreesTest {
    private static final int MORE_THAN_PLACES = 300;

    @Test
    void ofThisThread_moreThreadsThanPlaces_eachFindsItsOwn() throws InterruptedException {
        CountDownLatch planted = new CountDownLatch(MORE_THAN_PLACES);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < MORE_THAN_PLACES; i++) {
            Thread.Builder builder = i % 3 == 0 ? Thread.ofVirtual() : Thread.ofPlatform();
            threads.add(builder.start(() -> {
                try {
                    Tree mine = Tree.ofThisThread();
                    planted.countDown();
                    planted.await(); // by now whoever shares a place with this one has taken it
                    assertThat(Tree.ofThisThread()).isSameAs(mine);
                    assertThat(mine.home()).isSameAs(Thread.currentThread());
                    Greenlet main = Greenlet.current();
                    Greenlet child = Greenlet.of(ignored -> {
                        assertThat(Tree.ofThisThread()).isSameAs(mine);
                        return Greenlet.current().parent();
                    });
                    assertThat(child.switchTo()).isSameAs(main);
                } catch (Throwable thrown) {
                    failure.set(thrown);
                    planted.countDown();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failure.get()).isNull();
    }

    @Test
    @Tag("continuations")
    void ofThisThread_onAVirtualThread_isNotItsCarriers() {
        OnThread.virtual(() -> {
            Tree mine = Tree.ofThisThread();
            assertThat(mine.home()).isSameAs(Thread.currentThread());
            assertThat(Tree.ofThisThread()).isSameAs(mine);
        });
    }

    /** The common pool does that to idle workers; terminating thread-locals survive it. */
    @Test
    @Tag("continuations")
    void ofThisThread_afterItsThreadLocalsWereErased_isTheSameTree() {
        OnThread.platform(() -> {
            Tree mine = Tree.ofThisThread();
            Trees.forget(mine); // another thread has taken its place
            Field locals = Thread.class.getDeclaredField("threadLocals");
            locals.setAccessible(true);
            locals.set(Thread.currentThread(), null);

            assertThat(Tree.ofThisThread()).isSameAs(mine);
            assertThat(Tree.ofThisThread()).isSameAs(mine);
        });
    }

    @Test
    void forget_endOfAThread_leavesNothingOfIt() {
        List<WeakReference<Tree>> ended = new ArrayList<>();
        for (int i = 0; i < MORE_THAN_PLACES; i++) {
            OnThread.platform(() -> {
                Greenlet.of(ignored -> null).switchTo();
                ended.add(new WeakReference<>(Tree.ofThisThread()));
            });
        }
        for (int i = 0; i < 200; i++) {
            System.gc();
            if (ended.stream().allMatch(tree -> tree.refersTo(null))) {
                return;
            }
        }
        fail(ended.stream().filter(tree -> !tree.refersTo(null)).count() + " trees of ended threads are still held");
    }
}
