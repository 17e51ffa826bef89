package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of a dump, read by a parser that others wrote. */
class DumpJsonTest {
    private static final long SEED = 20261125;
    private static final int NAMES = 2_000;

    private static final HubStatistics NUMBERS = new HubStatistics("h", 1, 2, 3, 4, 5, 6, 7, "the hub's own epoll");

    private static GreenThreadDump named(String name) {
        return new GreenThreadDump(
                name,
                42,
                GreenThreadDump.State.WAITING,
                true,
                false,
                new GreenThreadDump.Wait(GreenThreadDump.Kind.MONITOR, name, name, Long.MAX_VALUE),
                Duration.ofSeconds(2, 5),
                List.of(new StackTraceElement("a.B", "<init>", "B.java", 7)),
                List.of(name, name),
                new GreenThreadDump.Origin(name, List.of()));
    }

    private static JsonNode parsed(GreenThreadDump... threads) {
        return JsonMapper.shared().readTree(new HubDump("h", NUMBERS, List.of(threads)).toJson());
    }

    @Test
    void toJson_allMembers_areThere() {
        JsonNode dump = parsed(named("n"));

        assertThat(dump.get("hub").asString()).isEqualTo("h");
        assertThat(dump.get("statistics").get("handOffs").asLong()).isEqualTo(7);
        assertThat(dump.get("statistics").get("polling").asString()).isEqualTo("the hub's own epoll");
        JsonNode thread = dump.get("greenThreads").get(0);
        assertThat(thread.get("id").asLong()).isEqualTo(42);
        assertThat(thread.get("state").asString()).isEqualTo("WAITING");
        assertThat(thread.get("spawned").asBoolean()).isTrue();
        assertThat(thread.get("killed").asBoolean()).isFalse();
        assertThat(thread.get("waitsFor").get("kind").asString()).isEqualTo("MONITOR");
        assertThat(thread.get("waitsFor").get("ownerId").asLong()).isEqualTo(Long.MAX_VALUE);
        assertThat(thread.get("waitingNanos").asLong()).isEqualTo(2_000_000_005L);
        assertThat(thread.get("stack").get(0).asString()).isEqualTo("a.B.<init>(B.java:7)");
        assertThat(thread.get("holds").size()).isEqualTo(2);
        assertThat(thread.get("spawnedBy").asString()).isEqualTo("n");
        assertThat(thread.get("spawnedAt").isEmpty()).isTrue();
    }

    @Test
    void toJson_nothingKnown_leavesMembersOut() {
        JsonNode thread = parsed(new GreenThreadDump(
                        "", 1, GreenThreadDump.State.READY, false, true, null, null, List.of(), List.of(), null))
                .get("greenThreads")
                .get(0);

        assertThat(thread.has("waitsFor")).isFalse();
        assertThat(thread.has("waitingNanos")).isFalse();
        assertThat(thread.has("spawnedBy")).isFalse();
        assertThat(thread.get("stack").isEmpty()).isTrue();
    }

    @Test
    void toJson_waitForSomethingUnknown_isNull() {
        JsonNode wait = parsed(new GreenThreadDump(
                        "t",
                        1,
                        GreenThreadDump.State.WAITING,
                        true,
                        false,
                        new GreenThreadDump.Wait(GreenThreadDump.Kind.SLEEP, null, null, 0),
                        Duration.ZERO,
                        List.of(),
                        List.of(),
                        null))
                .get("greenThreads")
                .get(0)
                .get("waitsFor");

        assertThat(wait.get("object").isNull()).isTrue();
        assertThat(wait.get("owner").isNull()).isTrue();
    }

    /** Every ASCII character and control, then seeded nonsense from all planes. */
    @Test
    void toJson_anyName_comesBackFromAParser() {
        List<GreenThreadDump> threads = new ArrayList<>();
        for (char unit = 0; unit < 0x180; unit++) {
            threads.add(named("<" + unit + ">"));
        }
        Random random = new Random(SEED);
        for (int i = 0; i < NAMES; i++) {
            StringBuilder name = new StringBuilder();
            random.ints(random.nextInt(12), 0, Character.MAX_CODE_POINT + 1)
                    .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                    .forEach(name::appendCodePoint);
            threads.add(named(name.toString()));
        }

        JsonNode parsed = parsed(threads.toArray(GreenThreadDump[]::new)).get("greenThreads");

        assertThat(parsed.size()).isEqualTo(threads.size());
        for (int i = 0; i < threads.size(); i++) {
            String name = threads.get(i).name();
            assertThat(parsed.get(i).get("name").asString()).isEqualTo(name);
            assertThat(parsed.get(i).get("holds").get(1).asString()).isEqualTo(name);
        }
    }
}
