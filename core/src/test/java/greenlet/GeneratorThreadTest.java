package greenlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Generators and coroutines on threads of each kind, and across them. */
@Timeout(60)
class GeneratorThreadTest {
    private static Generator<Integer> count(int to) {
        return Generator.of("count", out -> {
            for (int i = 1; i <= to; i++) {
                out.yield(i);
            }
        });
    }

    @Test
    void forEach_inVirtualThreads_worksWhileTheBodyBlocks() throws Exception {
        List<FutureTask<List<Integer>>> tasks = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            tasks.add(started(
                    Thread.ofVirtual(),
                    () -> Generator.<Integer>of(out -> {
                                for (int number : count(20)) {
                                    Thread.sleep(0, 1_000); // blocks the virtual thread, greenlets and all
                                    out.yield(number);
                                }
                            })
                            .stream()
                            .toList()));
        }

        for (FutureTask<List<Integer>> task : tasks) {
            assertThat(task.get(30, TimeUnit.SECONDS))
                    .hasSize(20)
                    .startsWith(1, 2)
                    .endsWith(20);
        }
    }

    @Test
    void coroutine_inAVirtualThread_works() throws Exception {
        FutureTask<Integer> task = started(Thread.ofVirtual(), () -> {
            Coroutine<Integer, Integer> doubling = Coroutine.of((first, self) -> {
                int next = first;
                while (next != 0) {
                    Thread.sleep(0, 1_000); // blocks the virtual thread, greenlets and all
                    next = self.yield(2 * next);
                }
                return 0;
            });
            return doubling.resume(20) + doubling.resume(1) + doubling.resume(0);
        });

        assertThat(task.get(30, TimeUnit.SECONDS)).isEqualTo(42);
    }

    @Test
    void next_madeOnOneThreadAndUsedOnAnother_works() throws Exception {
        Generator<Integer> numbers = count(3);

        assertThat(started(Thread.ofPlatform(), () -> numbers.stream().toList()).get(30, TimeUnit.SECONDS))
                .containsExactly(1, 2, 3);
    }

    @Test
    void next_onAnotherThreadThanTheFirst_isRefusedNamingBoth() throws Exception {
        Generator<Integer> numbers = count(3);
        Iterator<Integer> elements = numbers.iterator();
        elements.next();

        Throwable refusal = failure(started(Thread.ofPlatform().name("thief"), elements::next));
        assertThat(refusal).isInstanceOf(GreenletException.WrongThread.class);
        assertThat(refusal)
                .hasMessage("Cannot take the next element of generator 'count' on thread 'thief': it was started on"
                        + " thread '" + Thread.currentThread().getName() + "'. Use it on one thread.");
        assertThat(failure(started(Thread.ofPlatform(), () -> {
                    numbers.close();
                    return 0;
                })))
                .isInstanceOf(GreenletException.WrongThread.class);
        assertThat(elements.next()).isEqualTo(2);
        numbers.close();
    }

    @Test
    void resume_onAnotherThreadThanTheFirst_isRefused() throws Exception {
        Coroutine<Integer, Integer> echo = Coroutine.of("echo", (first, self) -> self.yield(first));
        echo.resume(1);

        assertThat(failure(started(Thread.ofVirtual().name("thief"), () -> echo.resume(2))))
                .isInstanceOf(GreenletException.WrongThread.class)
                .hasMessageContaining("Cannot resume coroutine 'echo' on thread 'thief'");
        assertThat(echo.resume(3)).isEqualTo(3);
    }

    private static <T> FutureTask<T> started(Thread.Builder kind, java.util.concurrent.Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        kind.start(task);
        return task;
    }

    private static Throwable failure(FutureTask<?> task) throws InterruptedException, TimeoutException {
        try {
            throw new AssertionError("no refusal, but " + task.get(30, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return e.getCause() == null ? e : e.getCause();
        }
    }
}
