package greenlet.lab.fork;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import greenlet.lab.curve.ConnectionsCurve;
import greenlet.lab.mechanism.Greenlets;
import greenlet.lab.plan.Cell;
import greenlet.lab.scenario.Size;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final SortedMap<String, String> HERE = new TreeMap<>(Map.of("the kernel", "6.1"));
    private static final Cell CELL =
            new Cell(new ConnectionsCurve(), Size.of("connections", 10), new Greenlets(), Optional.empty());
    private static final Outcome MEASURED = new Outcome.Measured(List.of(
            new SampleLine.Sample("p99", 1.5),
            new SampleLine.Remark("p99", "a \"remark\"\nof two lines"),
            new SampleLine.Done()));

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void choose() {
        file = folder.resolve(Journal.NAME);
    }

    private void write(Outcome... outcomes) throws IOException {
        try (Journal journal = Journal.open(file, HERE)) {
            for (int i = 0; i < outcomes.length; i++) {
                journal.note(CELL, i + 1, outcomes[i]);
            }
        }
    }

    @Test
    void open_again_knowsWhatEachWorkerSaid() throws IOException {
        write(MEASURED, new Outcome.NotApplicable("no ports"));
        try (Journal journal = Journal.open(file, HERE)) {
            assertThat(journal.size()).isEqualTo(2);
            assertThat(journal.find(CELL, 1))
                    .contains(new Outcome.Measured(List.of(
                            new SampleLine.Sample("p99", 1.5),
                            new SampleLine.Remark("p99", "a \"remark\" of two lines"),
                            new SampleLine.Done())));
            assertThat(journal.find(CELL, 2)).contains(new Outcome.NotApplicable("no ports"));
            assertThat(journal.find(CELL, 3)).isEmpty();
        }
    }

    @Test
    void failedAndInterruptedWorkers_areNotKept_soThatTheyAreTriedAgain() throws IOException {
        write(new Outcome.Failed("crashed"), new Outcome.Interrupted());
        try (Journal journal = Journal.open(file, HERE)) {
            assertThat(journal.size()).isZero();
        }
    }

    /** The process was killed in the middle of a write: at every byte. */
    @Test
    void tornLastLine_isCutOff_andWhatFollowsIsWhole() throws IOException {
        write(MEASURED, MEASURED);
        byte[] whole = Files.readAllBytes(file);
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        int lastLine = lines.getLast().getBytes(StandardCharsets.UTF_8).length + 1;
        for (int missing = 1; missing < lastLine; missing++) {
            Files.write(file, java.util.Arrays.copyOf(whole, whole.length - missing));
            try (Journal journal = Journal.open(file, HERE)) {
                assertThat(journal.size()).isEqualTo(1);
                journal.note(CELL, 2, MEASURED);
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(whole);
        }
    }

    @Test
    void tornFirstLine_isABeginning() throws IOException {
        Files.writeString(file, "{\"startedAt\":\"20");
        try (Journal journal = Journal.open(file, HERE)) {
            assertThat(journal.size()).isZero();
        }
        assertThat(Files.readAllLines(file, StandardCharsets.UTF_8)).hasSize(1);
    }

    @Test
    void otherConditions_areRefusedByName() throws IOException {
        write(MEASURED);
        assertThatThrownBy(() -> Journal.open(file, new TreeMap<>(Map.of("the kernel", "6.2"))))
                .isInstanceOf(JournalException.class)
                .hasMessage("Cannot go on with the comparison in '" + folder + "': the kernel was '6.1' when it was"
                        + " begun and is '6.2' now. Go on under the same conditions, or start anew: delete '" + file
                        + "'.");
        assertThatThrownBy(() -> Journal.open(file, new TreeMap<>()))
                .hasMessageContaining("the kernel was '6.1' when it was begun and is 'not told' now");
        try (Journal journal = Journal.open(file, HERE)) {
            assertThat(journal.size()).isEqualTo(1);
        }
    }

    @Test
    void lineInTheMiddleThatIsNoJson_isRefused() throws IOException {
        write(MEASURED);
        Files.writeString(file, "nonsense\n{}\n", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> Journal.open(file, HERE))
                .hasMessageContaining("line 3 is no JSON. Start anew: delete");
    }

    @Test
    void secondWriter_isRefusedWhileTheFirstIsAtWork() throws IOException {
        try (Journal _ = Journal.open(file, HERE)) {
            assertThatThrownBy(() -> Journal.open(file, HERE))
                    .hasMessageContaining("another greenlet is measuring there");
        }
        write(MEASURED);
    }

    @Test
    void finish_deletesTheFile() throws IOException {
        try (Journal journal = Journal.open(file, HERE)) {
            journal.note(CELL, 1, MEASURED);
            journal.finish();
        }
        assertThat(file).doesNotExist();
    }
}
