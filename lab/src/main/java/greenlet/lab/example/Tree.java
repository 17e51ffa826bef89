package greenlet.lab.example;

import greenlet.Generator;
import java.util.List;

/** A generator that yields out of a recursion: an iterator over a tree without a stack of one's own. */
public final class Tree {
    private record Node(String name, List<Node> children) {
        static Node of(String name, Node... children) {
            return new Node(name, List.of(children));
        }
    }

    private Tree() {}

    private static void walk(Node node, int depth, Generator.Out<String> out) {
        out.yield("  ".repeat(depth) + node.name());
        for (Node child : node.children()) {
            walk(child, depth + 1, out); // yields from any depth of calls
        }
    }

    /** Runs it. */
    public static void main(String[] arguments) {
        Node root = Node.of("project", Node.of("core", Node.of("Greenlet"), Node.of("Generator")), Node.of("hub"));
        try (Generator<String> lines = Generator.of(out -> walk(root, 0, out))) {
            for (String line : lines) {
                System.out.println(line);
                if (line.endsWith("Generator")) {
                    break; // leaving early: close() ends the recursion and runs its finally blocks
                }
            }
        }
        System.out.println("left early; nothing below was made");
    }
}
