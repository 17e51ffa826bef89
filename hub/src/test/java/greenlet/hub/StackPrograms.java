package greenlet.hub;

/** The program of {@link CarrierStackTest}: says how deep it can recurse on its main thread and on hubs. */
final class StackPrograms {
    static final long LARGE_BYTES = 16L << 20;

    private StackPrograms() {}

    public static void main(String[] arguments) {
        int main = depth();
        int byDefault = Hub.run(StackPrograms::depth);
        int large = Hub.builder().carrierStackBytes(LARGE_BYTES).run(StackPrograms::depth);
        int small = Hub.builder().carrierStackBytes(256L << 10).run(StackPrograms::depth);
        System.out.println(main + " " + byDefault + " " + large + " " + small);
    }

    /** Frames of one method until the stack overflows. */
    private static int depth() {
        int[] reached = {0};
        try {
            descend(reached);
        } catch (StackOverflowError e) {
            return reached[0];
        }
        throw new AssertionError("The stack has no end");
    }

    @SuppressWarnings("InfiniteRecursion") // to the end of the stack
    private static int descend(int[] reached) {
        reached[0]++;
        return 1 + descend(reached);
    }
}
