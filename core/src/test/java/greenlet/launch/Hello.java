package greenlet.launch;

import greenlet.Greenlet;

/** What the launch tests start: one greenlet, one switch there and back. */
final class Hello {
    private Hello() {}

    /** Prints what came back. */
    public static void main(String[] args) {
        Greenlet main = Greenlet.current();
        Greenlet hello = Greenlet.of("hello", first -> main.switchTo("hello " + first));
        System.out.println(hello.switchTo("greenlets"));
        hello.close();
    }
}
