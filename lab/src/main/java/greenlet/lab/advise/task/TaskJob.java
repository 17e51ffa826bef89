package greenlet.lab.advise.task;

import greenlet.lab.advise.Workload;
import greenlet.lab.advise.worker.Job;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** A user's object as a job. */
final class TaskJob implements Job {
    private final Object task;
    private final TaskKind kind;
    private final LongAdder results = new LongAdder();

    TaskJob(Object task, TaskKind kind) {
        this.task = task;
        this.kind = kind;
    }

    @Override
    public String kind() {
        return kind.words();
    }

    @Override
    public void open(int callers) throws Exception {
        if (task instanceof Workload workload) {
            workload.open(callers);
        }
    }

    @Override
    public void call(int caller) throws Exception {
        switch (kind) {
            case WORKLOAD -> ((Workload) task).call(caller);
            case CALLABLE -> results.add(number(((Callable<?>) task).call()));
            case RUNNABLE -> ((Runnable) task).run();
        }
    }

    @Override
    public SortedMap<String, Long> parts() {
        SortedMap<String, Long> parts = Traces.of(task);
        if (task instanceof Workload workload && workload.checksum() != 0) {
            parts.put("checksum()", workload.checksum());
        }
        if (kind == TaskKind.CALLABLE) {
            parts.put("the sum over the results", results.sum());
        }
        return parts;
    }

    @Override
    public void close() throws Exception {
        if (task instanceof Workload workload) {
            workload.close();
        }
    }

    /** The same for equal results, whatever they are; what is only equal to itself counts as one. */
    private static long number(@Nullable Object result) {
        return switch (result) {
            case null -> 1;
            case Integer number -> number;
            case Long number -> number;
            case byte[] bytes -> Arrays.hashCode(bytes);
            case int[] numbers -> Arrays.hashCode(numbers);
            case long[] numbers -> Arrays.hashCode(numbers);
            case double[] numbers -> Arrays.hashCode(numbers);
            case Enum<?> constant -> constant.name().hashCode();
            default -> hasOwnHash(result) ? result.hashCode() : 1;
        };
    }

    private static boolean hasOwnHash(Object result) {
        try {
            return result.getClass().getMethod("hashCode").getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException impossible) {
            return false;
        }
    }
}
