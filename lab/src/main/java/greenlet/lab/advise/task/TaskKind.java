package greenlet.lab.advise.task;

import greenlet.lab.advise.Workload;
import java.lang.reflect.Modifier;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** What a class can be taken as. */
enum TaskKind {
    WORKLOAD(Workload.class),
    CALLABLE(Callable.class),
    RUNNABLE(Runnable.class);

    private final Class<?> type;

    TaskKind(Class<?> type) {
        this.type = type;
    }

    String words() {
        return type.getSimpleName();
    }

    /** The first that fits. */
    static Optional<TaskKind> of(Class<?> candidate) {
        if (candidate.isInterface() || Modifier.isAbstract(candidate.getModifiers())) {
            return Optional.empty();
        }
        return Stream.of(values())
                .filter(kind -> kind.type.isAssignableFrom(candidate))
                .findFirst();
    }
}
