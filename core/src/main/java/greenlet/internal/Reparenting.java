package greenlet.internal;

import greenlet.GreenletException;

/** What forbids that a greenlet gets another parent, and how that is said. */
final class Reparenting {
    private Reparenting() {}

    static GreenletException ofMain(Tree tree) {
        return new GreenletException.MainGreenlet("Cannot set the parent of the main greenlet of thread '"
                + tree.home().getName() + "': a main greenlet has none. Set the parents of the others.");
    }

    static void ensureNoCycle(Strand strand, Strand heir) {
        for (Strand ancestor = heir; ancestor != null; ancestor = ancestor.parent()) {
            if (ancestor == strand) {
                throw new GreenletException.CyclicParent("Cannot make greenlet '" + heir.name()
                        + "' the parent of greenlet '" + strand.name() + "': it is "
                        + (heir == strand ? "the same one" : "a descendant of it") + ". Choose one above it.");
            }
        }
    }

    static GreenletException refusal(Strand strand, Strand heir, String reason) {
        return new GreenletException.WrongThread("Cannot make greenlet '" + heir.name() + "' of thread '"
                + heir.home().home().getName() + "' the parent of greenlet '" + strand.name() + "' of thread '"
                + strand.home().home().getName() + "': " + reason
                + ". Only an unstarted greenlet moves, and only from or to the calling thread.");
    }
}
