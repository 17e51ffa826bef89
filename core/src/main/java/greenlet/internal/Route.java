package greenlet.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who receives a parcel that was sent to a greenlet in any state, and as what. The dead are passed over towards the root,
 * as are the unstarted if the parcel is thrown: they die of it without running. An unstarted one that receives a value is
 * prepared to run.
 */
final class Route {
    private final Tree tree;

    /** The live greenlet that receives it. */
    Strand heir;

    /** What it receives. */
    @Nullable
    Object parcel;

    private @Nullable Strand prepared;
    private List<Strand> killed = List.of();

    private Route(Tree tree, Strand target, @Nullable Object parcel) {
        this.tree = tree;
        this.heir = target;
        this.parcel = parcel;
    }

    /** The way of a switch or a throw: if it cannot be gone, the caller gets the reason and nothing has changed. */
    static Route ofTransfer(Tree tree, Strand target, @Nullable Object parcel) {
        Route route = new Route(tree, target, parcel);
        try {
            while (!route.arrives()) {
                route.goOn();
            }
            return route;
        } catch (Throwable failure) {
            route.undo();
            throw failure;
        }
    }

    /** The way of a dead greenlet's outcome: nobody is left to be told of a failure but the next ancestor. */
    static Route ofDeath(Tree tree, Strand dead, @Nullable Object outcome) {
        Route route = new Route(tree, dead, outcome);
        while (true) {
            try {
                if (route.arrives()) {
                    return route;
                }
            } catch (Throwable failure) {
                route.parcel = route.parcel instanceof Thrown first ? first.with(failure) : new Thrown(failure);
            }
            route.goOn();
        }
    }

    /** Tells whether the heir takes the parcel; if not, it is dead (now). */
    private boolean arrives() {
        if (!heir.belongsTo(tree)) {
            throw heir.home().refusal("pass control to", heir);
        }
        if (!heir.isUnstarted()) {
            return !heir.isOver();
        }
        if (parcel instanceof Thrown) {
            heir.claim(tree);
            heir.end();
            killed = killed.isEmpty() ? new ArrayList<>() : killed;
            killed.add(heir);
            return false;
        }
        heir.prepare(tree);
        prepared = heir;
        return true;
    }

    private void goOn() {
        parcel = Tree.afterDeath(parcel);
        Strand parent = heir.parent();
        heir = parent == null ? tree.main() : parent;
    }

    /** Control never left: whoever was prepared or killed on the way is unstarted again. */
    void undo() {
        if (prepared != null) {
            prepared.unstart();
        }
        for (Strand strand : killed) {
            strand.unstart();
        }
    }
}
