package greenlet.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutFolderTest {
    private static final LocalDateTime NOW = LocalDateTime.of(2026, 11, 23, 6, 7, 8);

    @TempDir
    Path temp;

    @Test
    void timed_twiceInTheSameSecond_givesTwoFoldersAndLatestIsTheSecond() throws IOException {
        OutFolder first = OutFolder.timed(temp, NOW);
        first.publish();
        OutFolder second = OutFolder.timed(temp, NOW);
        second.publish();
        assertThat(first.path().getFileName()).hasToString("2026-11-23_06-07-08");
        assertThat(second.path().getFileName()).hasToString("2026-11-23_06-07-08-2");
        assertThat(temp.resolve("latest").toRealPath()).isEqualTo(second.path().toRealPath());
        assertThat(Files.readSymbolicLink(temp.resolve("latest")).isAbsolute()).isFalse();
    }

    @Test
    void publish_latestIsSomebodysFolder_leavesIt() throws IOException {
        Files.createDirectories(temp.resolve("latest").resolve("mine"));
        OutFolder.timed(temp, NOW).publish();
        assertThat(temp.resolve("latest").resolve("mine")).isDirectory();
    }

    @Test
    void given_newFolderThenAgain_isAcceptedBothTimes() throws IOException {
        Path folder = temp.resolve("a/b");
        Files.writeString(OutFolder.given(folder).file("report.json"), "{}");
        assertThat(OutFolder.given(folder).path()).isEqualTo(folder);
    }

    @Test
    void given_folderWithAForeignFile_isRefusedAndNothingIsWritten() throws IOException {
        Files.writeString(temp.resolve("thesis.txt"), "mine");
        assertThatThrownBy(() -> OutFolder.given(temp))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("'thesis.txt'")
                .hasMessageContaining("--out DIR");
        try (var files = Files.list(temp)) {
            assertThat(files).containsExactly(temp.resolve("thesis.txt"));
        }
    }

    @Test
    void given_reportFolderWithAForeignFileAdded_isRefused() throws IOException {
        Files.writeString(OutFolder.given(temp).file("report.json"), "{}");
        Files.writeString(temp.resolve("notes.md"), "mine");
        assertThatThrownBy(() -> OutFolder.given(temp)).hasMessageContaining("'notes.md'");
    }

    @Test
    void given_foreignReportJson_isRefused() throws IOException {
        Files.writeString(temp.resolve("report.json"), "somebody else's");
        assertThatThrownBy(() -> OutFolder.given(temp)).hasMessageContaining("'report.json'");
    }

    @Test
    void given_file_isRefused() throws IOException {
        Path file = Files.writeString(temp.resolve("f"), "mine");
        assertThatThrownBy(() -> OutFolder.given(file)).hasMessageContaining("it is a file");
    }
}
