package greenlet.hub.internal.jdk;

import jdk.internal.vm.Continuation;

/**
 * The continuation of a green thread, in the place of the one that the JDK made for it. It knows two moments that the JDK tells nobody:
 *
 * <p>When the thread wanted to leave its carrier and could not, because a native frame or a class initialiser is on its stack. The
 * carrier then waits itself, and nobody is left to look into the hub's epoll.
 *
 * <p>When the thread goes on, in the innermost frame of its wait. What is thrown there is thrown by the wait ({@link Doom}).
 */
final class GreenContinuation extends Continuation {
    private final GreenTask task;

    /**
     * Makes a continuation that runs what another was to run.
     *
     * @param original never run
     * @param task whose it is
     */
    GreenContinuation(Continuation original, GreenTask task) {
        super(VirtualThreads.scope(original), VirtualThreads.target(original));
        this.task = task;
    }

    @Override
    protected void onPinned(Pinned reason) {
        HubCarrier.onPinnedPark();
    }

    @Override
    protected void onContinue() {
        task.dieIfDoomed();
    }
}
