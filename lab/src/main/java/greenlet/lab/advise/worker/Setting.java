package greenlet.lab.advise.worker;

import greenlet.lab.advise.Subject;
import greenlet.lab.scenario.cpu.Spin;

/**
 * What all workers of one piece of advice have in common.
 *
 * <p>Immutable.
 *
 * @param subject the work
 * @param heapBytes the heap of a worker
 * @param callLimitNanos a call that takes longer hangs
 * @param stepsPerMicro how many steps of {@link Spin} take a microsecond
 */
public record Setting(Subject subject, long heapBytes, long callLimitNanos, double stepsPerMicro) {
    /**
     * The same with another heap. Not a switch point.
     *
     * @param bytes the heap
     * @return the setting
     */
    public Setting withHeap(long bytes) {
        return new Setting(subject, bytes, callLimitNanos, stepsPerMicro);
    }
}
