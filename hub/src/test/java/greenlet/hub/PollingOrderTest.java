package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever uses a socket first, sockets work for everybody; and the hub says how it polls. */
class PollingOrderTest {
    private static final String OWN = "OwnEpoll[]\nstatistics: the hub's own epoll: n waits, n changes, n events\n";

    @Test
    void polling_socketUsedBeforeAnyHub_fallsBackAndSaysSoOnceWithTheRemedy() throws Exception {
        ForkedJvm.Result result = new ForkedJvm().run(PollingOrders.class, "socket-first");

        assertThat(result.out())
                .startsWith("default threads exchanged\na hub exchanged\na hub exchanged\nJdkPollers[reason=")
                .contains("a virtual thread of this JVM blocked on a socket before the first hub was opened");
        assertThat(statistics(result))
                .contains("blocked on a socket before the first hub was opened")
                .endsWith("Call Hubs.install() first in main to give each hub its own epoll");
        assertThat(result.err()).containsOnlyOnce("Call Hubs.install() first in main");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void polling_installedBeforeAnySocket_isTheHubsOwn() throws Exception {
        ForkedJvm.Result result = new ForkedJvm().run(PollingOrders.class, "install-then-socket");

        assertThat(result.out()).isEqualTo("default threads exchanged\na hub exchanged\n" + OWN);
        assertThat(result.err()).isEmpty();
    }

    @Test
    void polling_hubFirst_isTheHubsOwnAndOthersKeepTheJdks() throws Exception {
        ForkedJvm.Result result = new ForkedJvm().run(PollingOrders.class, "hub-first");

        assertThat(result.out()).isEqualTo("a hub exchanged\ndefault threads exchanged\na hub exchanged\n" + OWN);
        assertThat(result.err()).isEmpty();
    }

    @Test
    void polling_twoHubs_exchangeWithEachOther() throws Exception {
        ForkedJvm.Result result = new ForkedJvm().run(PollingOrders.class, "two-hubs");

        assertThat(result.out()).isEqualTo("two hubs exchanged\ndefault threads exchanged\n" + OWN);
    }

    @Test
    void polling_hubClosed_itsSocketsWorkEverywhere() throws Exception {
        ForkedJvm.Result result = new ForkedJvm().run(PollingOrders.class, "socket-outlives-hub");

        assertThat(result.out())
                .isEqualTo("default threads went on\nanother hub went on\na platform thread went on\n" + OWN);
    }

    @Test
    void polling_switchedOff_usesTheJdksAndSaysWhy() throws Exception {
        ForkedJvm.Result result = new ForkedJvm().with("-Dgreenlet.poller=jdk").run(PollingOrders.class, "hub-first");

        assertThat(result.out()).contains("a hub exchanged").contains("because -Dgreenlet.poller=jdk says so");
        assertThat(statistics(result))
                .contains("because -Dgreenlet.poller=jdk says so")
                .endsWith("Remove it to give each hub its own epoll.");
        assertThat(result.err()).containsOnlyOnce("because -Dgreenlet.poller=jdk says so. Remove it");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void polling_otherSystem_usesTheJdksAndSaysSoOnce() throws Exception {
        ForkedJvm.Result result = new ForkedJvm().with("-Dos.name=Plan 9").run(PollingOrders.class, "hub-first");

        assertThat(result.out()).contains("a hub exchanged").contains("written for Linux's epoll, and this is Plan 9");
        assertThat(statistics(result)).contains("this is Plan 9").endsWith("run on Linux where that matters");
        assertThat(result.err()).containsOnlyOnce("this is Plan 9");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void polling_jdkWithoutWhatItNeeds_usesTheJdksAndNamesTheVersionToUse(@TempDir Path patch) throws Exception {
        writeProviderWithoutInstance(patch);

        ForkedJvm.Result result =
                new ForkedJvm().with("--patch-module=java.base=" + patch).run(PollingOrders.class, "hub-first");

        assertThat(result.out())
                .startsWith("a hub exchanged\ndefault threads exchanged\na hub exchanged\nJdkPollers[reason=")
                .contains("NoSuchFieldException: INSTANCE")
                .contains("Run with JDK 25");
        assertThat(statistics(result))
                .contains("NoSuchFieldException: INSTANCE")
                .endsWith("Run with JDK 25, the version this was built and tested on");
        assertThat(result.err())
                .containsOnlyOnce("NoSuchFieldException: INSTANCE")
                .containsOnlyOnce("Run with JDK 25");
        assertThat(result.exitCode()).isZero();
    }

    /** What the statistics of a hub say of a JVM that fell back. */
    private static String statistics(ForkedJvm.Result result) {
        String start = "\nstatistics: the JDK's pollers: ";
        assertThat(result.out()).containsOnlyOnce(start);
        return result.out()
                .substring(result.out().indexOf(start) + start.length())
                .strip();
    }

    /** The JDK's own class with one field renamed, as another JDK might have it. */
    private static void writeProviderWithoutInstance(Path patch) throws Exception {
        byte[] bytes;
        try (InputStream original = Object.class.getResourceAsStream("/sun/nio/ch/PollerProvider.class")) {
            bytes = java.util.Objects.requireNonNull(original).readAllBytes();
        }
        String renamed = new String(bytes, StandardCharsets.ISO_8859_1).replace("INSTANCE", "INSTANZA");
        Path target = patch.resolve("sun/nio/ch/PollerProvider.class");
        Files.createDirectories(target.getParent());
        Files.write(target, renamed.getBytes(StandardCharsets.ISO_8859_1));
    }
}
