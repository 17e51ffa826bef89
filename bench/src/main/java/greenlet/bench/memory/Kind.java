package greenlet.bench.memory;

import greenlet.Coroutine;
import greenlet.Generator;
import greenlet.Greenlet;
import greenlet.bench.KotlinPeers;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;

/** What can be suspended, each in the smallest program that does it. */
enum Kind {
    RAW("raw continuation") {
        @Override
        Object suspend() {
            ContinuationScope scope = Scopes.FLOOR;
            Continuation continuation = new Continuation(scope, () -> Continuation.yield(scope));
            continuation.run();
            return continuation;
        }
    },
    GREENLET("greenlet") {
        @Override
        Object suspend() {
            Greenlet main = Greenlet.current();
            Greenlet greenlet = Greenlet.of(_ -> main.switchTo());
            greenlet.switchTo();
            return greenlet;
        }
    },
    GENERATOR("generator") {
        @Override
        Object suspend() {
            Iterator<String> elements =
                    Generator.<String>of(out -> out.yield("element")).iterator();
            elements.next();
            return elements;
        }
    },
    COROUTINE("coroutine") {
        @Override
        Object suspend() {
            Coroutine<String, String> coroutine = Coroutine.of((first, self) -> self.yield(first));
            coroutine.resume("value");
            return coroutine;
        }
    },
    KOTLIN("Kotlin coroutine") {
        @Override
        Object suspend() {
            return KotlinPeers.suspended();
        }
    },
    VIRTUAL("virtual thread, parked") {
        @Override
        Object suspend() throws InterruptedException {
            CountDownLatch arrived = new CountDownLatch(1);
            Thread thread = Thread.startVirtualThread(() -> {
                arrived.countDown();
                while (true) {
                    LockSupport.park();
                }
            });
            arrived.await();
            return thread;
        }
    };

    private final String label;

    Kind(String label) {
        this.label = label;
    }

    /** Makes one and suspends it; whoever holds the result keeps it. */
    abstract Object suspend() throws InterruptedException;

    String label() {
        return label;
    }

    /** A constant's body cannot refer to a static field of its own enum. */
    private static final class Scopes {
        static final ContinuationScope FLOOR = new ContinuationScope("floor");
    }
}
