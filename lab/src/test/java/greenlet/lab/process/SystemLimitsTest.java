package greenlet.lab.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemLimitsTest {
    @TempDir
    Path root;

    private void file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void systemThatTellsNothing_refusesNothing() {
        assertThat(SystemLimits.below(root).againstConnections(1_000_000)).isEmpty();
        assertThat(SystemLimits.below(root).againstThreads(1_000_000)).isEmpty();
    }

    @Test
    void fewOpenFilesOrPorts_areNamedWithTheRemedy() throws IOException {
        file(
                "proc/self/limits",
                "Limit  Soft  Hard  Units\nMax open files            1024                 4096   files\n");
        assertThat(SystemLimits.below(root).againstConnections(1000)).isEmpty();
        assertThat(SystemLimits.below(root).againstConnections(10_000))
                .contains("10000 connections need as many open files and this system allows a process 4096 (ulimit -n);"
                        + " allow 10500");
        file("proc/self/limits", "Max open files            unlimited            unlimited            files\n");
        file("proc/sys/net/ipv4/ip_local_port_range", "60000\t60999\n");
        assertThat(SystemLimits.below(root).againstConnections(1001).orElse(""))
                .contains("this system has 1000 (net.ipv4.ip_local_port_range)");
    }

    @Test
    void fewThreads_areNamedByTheLimitInTheWay() throws IOException {
        file("sys/fs/cgroup/pids.max", "max\n");
        file("proc/sys/vm/max_map_count", "65530\n");
        assertThat(SystemLimits.below(root).againstThreads(10_000)).isEmpty();
        file("sys/fs/cgroup/pids.max", "4096\n");
        assertThat(SystemLimits.below(root).againstThreads(10_000))
                .contains("10000 threads are more than this system allows: 4096 (pids.max of the control group);"
                        + " allow 10500");
    }

    /** Of a sysctl file the JDK's readString gave the first digit only: then this system seemed to allow next to nothing. */
    @Test
    void realSystem_isReadWhole() throws IOException {
        Path mappings = Path.of("/proc/sys/vm/max_map_count");
        if (Files.isReadable(mappings)) {
            assertThat(SystemLimits.ofThisProcess().againstThreads(10).orElse(""))
                    .doesNotContain("max_map_count");
            assertThat(SystemLimits.ofThisProcess().againstConnections(10)).isEmpty();
        }
    }

    @Test
    void usage_growsWithEachWait() {
        if (ProcessUsage.now().isEmpty()) {
            return;
        }
        ProcessUsage before = ProcessUsage.now().orElseThrow();
        for (int i = 0; i < 50; i++) {
            java.util.concurrent.locks.LockSupport.parkNanos(1000);
        }
        ProcessUsage spent = ProcessUsage.now().orElseThrow().since(before);
        assertThat(spent.voluntarySwitches()).isGreaterThanOrEqualTo(25);
        assertThat(spent.involuntarySwitches()).isNotNegative();
    }
}
