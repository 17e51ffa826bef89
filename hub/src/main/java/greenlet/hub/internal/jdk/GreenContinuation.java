package greenlet.hub.internal.jdk;

import jdk.internal.vm.Continuation;

/**
 * The continuation of a green thread, in the place of the one that the JDK made for it: it knows when the thread wanted to leave its
 * carrier and could not, because a native frame or a class initialiser is on its stack. The carrier then waits itself, and
 * nobody is left to look into the hub's epoll.
 */
final class GreenContinuation extends Continuation {
    /**
     * Makes a continuation that runs what another was to run.
     *
     * @param original never run
     */
    GreenContinuation(Continuation original) {
        super(VirtualThreads.scope(original), VirtualThreads.target(original));
    }

    @Override
    protected void onPinned(Pinned reason) {
        HubCarrier.onPinnedPark();
    }
}
