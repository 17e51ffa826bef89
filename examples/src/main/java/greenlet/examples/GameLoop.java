package greenlet.examples;

import greenlet.Coroutine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Scripts of a game: each character's behaviour is written as if it had all the time in the world, and is resumed once a
 * frame. The loop stays in charge; a script that ends, ends, and the level's end closes the rest, finally blocks and all.
 */
public final class GameLoop {
    /** What a script may do: every verb takes frames, and lets the others have theirs. */
    static final class Actor {
        private final String name;
        private final Coroutine.Self<Integer, String> self;
        private int position;

        Actor(String name, Coroutine.Self<Integer, String> self) {
            this.name = name;
            this.self = self;
        }

        void walkTo(int target) {
            while (position != target) {
                position += Integer.signum(target - position);
                self.yield(name + " walks to " + position);
            }
        }

        void say(String words) {
            self.yield(name + " says \"" + words + "\"");
        }

        void rest(int frames) {
            for (int i = 0; i < frames; i++) {
                self.yield(name + " rests");
            }
        }
    }

    /** A character's behaviour. */
    @FunctionalInterface
    interface Script {
        void play(Actor actor);
    }

    private GameLoop() {}

    static Coroutine<Integer, String> character(String name, Script script) {
        return Coroutine.of(name, (_, self) -> {
            script.play(new Actor(name, self));
            return name + " is done";
        });
    }

    static void patrol(Actor guard, List<String> log) {
        try {
            while (true) {
                guard.walkTo(2);
                guard.say("all quiet");
                guard.walkTo(0);
            }
        } finally {
            log.add("the guard goes home");
        }
    }

    static void visit(Actor merchant) {
        merchant.rest(1);
        merchant.walkTo(1);
        merchant.say("salt, fresh salt!");
    }

    static void run(Consumer<String> print) {
        List<String> log = new ArrayList<>();
        List<Coroutine<Integer, String>> cast =
                List.of(character("guard", guard -> patrol(guard, log)), character("merchant", GameLoop::visit));
        for (int frame = 1; frame <= 6; frame++) {
            List<String> actions = new ArrayList<>();
            for (Coroutine<Integer, String> actor : cast) {
                if (actor.state() != Coroutine.State.DEAD) {
                    actions.add(actor.resume(frame));
                }
            }
            print.accept(frame + ": " + String.join(", ", actions));
        }
        cast.forEach(Coroutine::close);
        log.forEach(print);
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
