package greenlet.launch;

import greenlet.Greenlet;

/** Ends with a suspended greenlet, which says when it is unwound: {@code return} from main, or {@code exit}. */
final class Ending {
    private Ending() {}

    /** Ends as told. */
    public static void main(String[] args) {
        Greenlet main = Greenlet.current();
        Greenlet.of("left", first -> {
                    try {
                        return main.switchTo();
                    } finally {
                        System.out.println(
                                "unwound on " + Thread.currentThread().getName());
                    }
                })
                .switchTo();
        System.out.println("main ends");
        if (args[0].equals("exit")) {
            System.exit(3);
        }
    }
}
