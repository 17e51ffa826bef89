package greenlet.lab.advise.worker;

import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;

/**
 * The virtual threads of this JVM, which are in no list of all threads: the JDK keeps them in the containers that its thread dumps are made of. None are
 * found where the JVM does not let them be read ({@link Launch} asks for that) or does not keep them.
 *
 * <p>Safe for use from any thread.
 */
final class LiveVirtualThreads {
    private static final String CONTAINERS = "jdk.internal.vm.ThreadContainers";
    private static final String CONTAINER = "jdk.internal.vm.ThreadContainer";

    private LiveVirtualThreads() {}

    static List<Thread> now() {
        try {
            Object root = Class.forName(CONTAINERS).getMethod("root").invoke(null);
            Class<?> type = Class.forName(CONTAINER);
            return in(root, type.getMethod("threads"), type.getMethod("children"))
                    .filter(Thread::isVirtual)
                    .distinct()
                    .toList();
        } catch (ReflectiveOperationException notTold) {
            return List.of();
        }
    }

    private static Stream<Thread> in(Object container, Method threads, Method children)
            throws ReflectiveOperationException {
        Stream<Thread> found = ((Stream<?>) threads.invoke(container)).map(Thread.class::cast);
        for (Object child : ((Stream<?>) children.invoke(container)).toList()) {
            found = Stream.concat(found, in(child, threads, children));
        }
        return found;
    }
}
