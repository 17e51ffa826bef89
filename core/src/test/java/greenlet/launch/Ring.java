package greenlet.launch;

import greenlet.Greenlet;
import org.jspecify.annotations.Nullable;

/** Control goes round the main greenlet and two others until all that switches has been compiled. Run by {@link InliningTest}. */
final class Ring {
    private Ring() {}

    public static void main(String[] args) {
        Greenlet main = Greenlet.current();
        Greenlet second = Greenlet.of("second", first -> passOn(main, first));
        Greenlet ring = Greenlet.of("first", first -> passOn(second, first));
        for (int round = 0; round < 200_000; round++) {
            ring.switchTo(round);
        }
        System.out.println("went round");
    }

    private static @Nullable Object passOn(Greenlet next, @Nullable Object first) {
        Object value = first;
        while (value != null) {
            value = next.switchTo(value);
        }
        return null;
    }
}
