package greenlet.hub;

import java.time.Duration;

/** A dump as JSON. */
final class DumpJson {
    private DumpJson() {}

    static String of(HubDump dump) {
        JsonText out = new JsonText();
        out.object(() -> {
            out.name("hub").value(dump.hub());
            JdkAdvice.forThisJdk().ifPresent(advice -> out.name("jdkAdvice").value(advice));
            out.name("statistics").object(() -> statistics(out, dump.statistics()));
            out.name("greenThreads").array(dump.greenThreads(), thread -> out.object(() -> thread(out, thread)));
        });
        return out.toString();
    }

    private static void statistics(JsonText out, HubStatistics numbers) {
        out.name("greenThreads").value(numbers.greenThreads());
        out.name("spawned").value(numbers.spawned());
        out.name("switches").value(numbers.switches());
        out.name("timers").value(numbers.timers());
        out.name("unreportedErrors").value(numbers.unreportedErrors());
        out.name("carriers").value(numbers.carriers());
        out.name("handOffs").value(numbers.handOffs());
        out.name("polling").value(numbers.polling());
    }

    private static void thread(JsonText out, GreenThreadDump thread) {
        out.name("name").value(thread.name());
        out.name("id").value(thread.id());
        out.name("state").value(thread.state().name());
        out.name("spawned").value(thread.spawned());
        out.name("killed").value(thread.killed());
        GreenThreadDump.Wait wait = thread.waits();
        if (wait != null) {
            out.name("waitsFor").object(() -> {
                out.name("kind").value(wait.kind().name());
                out.name("object").value(wait.object());
                out.name("owner").value(wait.owner());
                out.name("ownerId").value(wait.ownerId());
            });
        }
        Duration waiting = thread.waiting();
        if (waiting != null) {
            out.name("waitingNanos").value(waiting.toNanos());
        }
        out.name("stack").array(thread.stack(), frame -> out.value(frame.toString()));
        out.name("holds").array(thread.holds(), out::value);
        GreenThreadDump.Origin origin = thread.origin();
        if (origin != null) {
            out.name("spawnedBy").value(origin.by());
            out.name("spawnedAt").array(origin.at(), frame -> out.value(frame.toString()));
        }
    }
}
