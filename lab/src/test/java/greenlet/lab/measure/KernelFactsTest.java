package greenlet.lab.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelFactsTest {
    @TempDir
    Path root;

    private void file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void systemThatTellsNothing_hasNoFacts() {
        assertThat(KernelFacts.below(root)).isEmpty();
    }

    @Test
    void whatTheKernelTells_isToldOn() throws IOException {
        file("sys/devices/system/cpu/vulnerabilities/spectre_v2", "Mitigation: Retpolines; IBPB: conditional\n");
        file("sys/devices/system/cpu/vulnerabilities/meltdown", "Not affected\n");
        file("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave\n");
        file("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
        file("sys/fs/cgroup/cpu.max", "200000 100000\n");
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", "1073741824\n");
        assertThat(KernelFacts.below(root))
                .containsEntry("mitigations", "spectre_v2: Mitigation: Retpolines; IBPB: conditional")
                .containsEntry("frequencyGovernor", "powersave")
                .containsEntry("transparentHugePages", "madvise")
                .containsEntry("cgroupCpuQuota", "200000 100000")
                .containsEntry("cgroupMemoryBytes", "1073741824")
                .doesNotContainKey("cgroupThreads");
    }

    @Test
    void machine_hasTheFactsOfOshiAndOfTheKernel() {
        Machine machine = MachineFacts.gather(new TreeMap<>());
        assertThat(machine.facts()).containsKeys("physicalCores", "logicalCores");
        if (Files.isDirectory(Path.of("/sys/devices/system/cpu/vulnerabilities"))) {
            assertThat(machine.facts().get("mitigations")).isNotBlank();
        }
    }
}
