package greenlet.lab.example;

import greenlet.Greenlet;

/** Two greenlets that hand a value back and forth: each switch says who runs next and what it gets. */
public final class PingPong {
    private PingPong() {}

    /** Runs it. */
    public static void main(String[] arguments) {
        Greenlet main = Greenlet.current();
        Greenlet ping = Greenlet.of("ping", first -> {
            Object heard = first;
            while (!"stop".equals(heard)) {
                heard = main.switchTo("pong to " + heard); // suspended here until somebody switches back
            }
            return "bye"; // its death hands control, and this, to its parent
        });

        System.out.println(ping.switchTo("ball 1"));
        System.out.println(ping.switchTo("ball 2"));
        System.out.println(ping.switchTo("stop"));
        System.out.println("ping is " + ping.state());
    }
}
