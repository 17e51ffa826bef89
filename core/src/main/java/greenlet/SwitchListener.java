package greenlet;

/**
 * Told of every transfer of control among the greenlets of one thread: {@link Greenlet#setSwitchListener}. Confined to
 * the thread that it was set on.
 *
 * <p>It runs in the target, after control has arrived and before the target goes on (or starts). It may switch; switches
 * that reach a greenlet in which the listener is running are a part of that run and are not reported.
 */
@FunctionalInterface
public interface SwitchListener {
    /**
     * Called after a transfer of control. What it throws removes it, and is thrown in the target instead of whatever was
     * on its way there; a target that has not started dies of it without running.
     *
     * @param event what happened; may gain kinds only in a new major version
     */
    void onSwitch(SwitchEvent event);
}
