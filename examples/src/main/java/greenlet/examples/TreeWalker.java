package greenlet.examples;

import greenlet.Generator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Walks a tree by plain recursion and yields on the way; then solves "same fringe": do two trees of different shape have
 * the same leaves? Each walk goes no further than it is asked to.
 */
public final class TreeWalker {
    /**
     * A tree.
     *
     * @param name of this node
     * @param children from left to right; a leaf has none
     */
    public record Tree(String name, List<Tree> children) {
        static Tree of(String name, Tree... children) {
            return new Tree(name, List.of(children));
        }
    }

    private TreeWalker() {}

    /** The recursion stays as it is: no stack of our own, no state to save between elements. */
    static void walkLeaves(Tree tree, Generator.Out<String> out) {
        if (tree.children().isEmpty()) {
            out.yield(tree.name());
        }
        for (Tree child : tree.children()) {
            walkLeaves(child, out);
        }
    }

    static boolean haveSameFringe(Tree one, Tree other) {
        try (Generator<String> left = Generator.of(out -> walkLeaves(one, out));
                Generator<String> right = Generator.of(out -> walkLeaves(other, out))) {
            Iterator<String> a = left.iterator();
            Iterator<String> b = right.iterator();
            while (a.hasNext() && b.hasNext()) {
                if (!Objects.equals(a.next(), b.next())) {
                    return false; // and neither tree is walked any further
                }
            }
            return a.hasNext() == b.hasNext();
        }
    }

    static void run(Consumer<String> print) {
        Tree deep = Tree.of("root", Tree.of("x", Tree.of("a"), Tree.of("b")), Tree.of("c"));
        Tree flat = Tree.of("root", Tree.of("a"), Tree.of("b"), Tree.of("c"));
        Tree other = Tree.of("root", Tree.of("a"), Tree.of("c"), Tree.of("b"));
        try (Generator<String> leaves = Generator.of(out -> walkLeaves(deep, out))) {
            for (String leaf : leaves) {
                print.accept("leaf " + leaf);
            }
        }
        print.accept("deep and flat: " + (haveSameFringe(deep, flat) ? "same" : "different") + " fringe");
        print.accept("deep and other: " + (haveSameFringe(deep, other) ? "same" : "different") + " fringe");
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String[] args) {
        run(System.out::println);
    }
}
