package greenlet.lab.fork;

import greenlet.lab.measure.PlainText;
import greenlet.lab.plan.Cell;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the workers of a long comparison have said, written as soon as each has ended, so that a comparison that was cut off goes on where it
 * was: a file of JSON lines in the report's folder. The first line says under which conditions it was begun; under others it is refused. Each
 * other line is one worker. A worker that failed has no line: it is tried again.
 *
 * <p>The process may end at any moment. A line is appended whole with its end and forced to the disk, so that only the last can be torn;
 * that one is cut off when the file is opened again, and its worker measured anew.
 *
 * <p>Confined to the thread that runs the comparison; two processes never have the same file open.
 */
public final class Journal implements AutoCloseable {
    /** The file's name in a report folder. */
    public static final String NAME = "progress.jsonl";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String STARTED = "startedAt";
    private static final String CONDITIONS = "conditions";
    private static final String WORKER = "worker";
    private static final String LINES = "lines";

    private final Path file;
    private final FileChannel channel;
    private final Instant startedAt;
    private final Map<String, Outcome> done;
    private boolean finished;

    private Journal(Path file, FileChannel channel, Instant startedAt, Map<String, Outcome> done) {
        this.file = file;
        this.channel = channel;
        this.startedAt = startedAt;
        this.done = done;
    }

    /**
     * Opens the journal of a folder, a new one if there is none. May block on file I/O.
     *
     * @param file where it is
     * @param conditions what must be the same when the comparison goes on, by name
     * @return the journal; the caller closes it
     * @throws JournalException if the comparison cannot go on, and why
     * @throws IOException if the file cannot be read or written
     */
    public static Journal open(Path file, SortedMap<String, String> conditions) throws JournalException, IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            return open(file, channel, conditions);
        } catch (IOException | RuntimeException refused) {
            channel.close();
            throw refused;
        }
    }

    private static Journal open(Path file, FileChannel channel, SortedMap<String, String> conditions)
            throws IOException {
        lock(file, channel);
        List<JsonNode> lines = whole(file, channel);
        if (lines.isEmpty()) {
            Journal fresh = new Journal(file, channel, Instant.now(), new HashMap<>());
            fresh.begin(conditions);
            return fresh;
        }
        JsonNode head = lines.getFirst();
        requireSame(file, conditions(head), conditions);
        Map<String, Outcome> done = new HashMap<>();
        lines.subList(1, lines.size())
                .forEach(line -> done.put(line.path(WORKER).asString(""), outcome(line)));
        return new Journal(file, channel, started(file, head), done);
    }

    /** {@return when the comparison was begun} Not a switch point. */
    public Instant startedAt() {
        return startedAt;
    }

    /** {@return how many workers have ended already} Not a switch point. */
    public int size() {
        return done.size();
    }

    /** What a worker said when it was measured before. */
    Optional<Outcome> find(Cell cell, int fork) {
        return Optional.ofNullable(done.get(key(cell, fork)));
    }

    /** Keeps what a worker said; nothing of one that failed or was ended. */
    void note(Cell cell, int fork, Outcome outcome) throws IOException {
        List<String> said = switch (outcome) {
            case Outcome.Measured(List<SampleLine> lines) ->
                lines.stream().map(SampleLine::toJson).toList();
            case Outcome.NotApplicable(String reason) -> List.of(new SampleLine.NotApplicable(reason).toJson());
            case Outcome.Failed _, Outcome.Interrupted _ -> List.of();
        };
        if (!said.isEmpty()) {
            ObjectNode line = MAPPER.createObjectNode().put(WORKER, key(cell, fork));
            ArrayNode lines = line.putArray(LINES);
            said.forEach(lines::add);
            append(line);
        }
    }

    /** Says that all was measured: the file is deleted when this closes, and the next comparison in the folder starts anew. Not a switch point. */
    public void finish() {
        finished = true;
    }

    @Override
    public void close() throws IOException {
        if (finished) {
            Files.deleteIfExists(file);
        }
        channel.close();
    }

    private void begin(SortedMap<String, String> conditions) throws IOException {
        ObjectNode head = MAPPER.createObjectNode().put(STARTED, startedAt.toString());
        ObjectNode all = head.putObject(CONDITIONS);
        conditions.forEach(all::put);
        append(head);
    }

    private void append(JsonNode line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((MAPPER.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        FileChannel _ = channel.position(channel.size());
        while (bytes.hasRemaining()) {
            int _ = channel.write(bytes);
        }
        channel.force(false);
    }

    private static void lock(Path file, FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException own) {
            lock = null;
        }
        if (lock == null) {
            throw new JournalException("Cannot go on in '" + file.getParent()
                    + "': another greenlet is measuring there. Wait for its end, or name another folder: --out DIR.");
        }
    }

    /**
     * The lines that were written to their end; what follows the last of them is cut off. Read through the channel that holds the lock: POSIX
     * takes the lock away when any other descriptor of the file is closed.
     */
    private static List<JsonNode> whole(Path file, FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
            Thread.onSpinWait();
        }
        int end = bytes.position();
        while (end > 0 && bytes.get(end - 1) != '\n') {
            end--;
        }
        FileChannel _ = channel.truncate(end);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : new String(bytes.array(), 0, end, StandardCharsets.UTF_8)
                .lines()
                .toList()) {
            try {
                lines.add(MAPPER.readTree(line));
            } catch (JacksonException broken) {
                throw damaged(file, "line " + (lines.size() + 1) + " is no JSON");
            }
        }
        return lines;
    }

    private static SortedMap<String, String> conditions(JsonNode head) {
        SortedMap<String, String> found = new TreeMap<>();
        head.path(CONDITIONS)
                .properties()
                .forEach(each -> found.put(each.getKey(), each.getValue().asString("")));
        return found;
    }

    private static Instant started(Path file, JsonNode head) throws JournalException {
        try {
            return Instant.parse(head.path(STARTED).asString(""));
        } catch (DateTimeParseException missing) {
            throw damaged(file, "its first line does not say when it was begun");
        }
    }

    private static void requireSame(Path file, SortedMap<String, String> was, SortedMap<String, String> is)
            throws JournalException {
        SortedMap<String, String> all = new TreeMap<>(was);
        all.putAll(is);
        for (String name : all.keySet()) {
            String before = was.getOrDefault(name, "not told");
            String now = is.getOrDefault(name, "not told");
            if (!before.equals(now)) {
                throw new JournalException("Cannot go on with the comparison in '" + file.getParent() + "': " + name
                        + " was '" + PlainText.of(before) + "' when it was begun and is '" + PlainText.of(now)
                        + "' now. Go on under the same conditions, or start anew: delete '" + file + "'.");
            }
        }
    }

    private static JournalException damaged(Path file, String what) {
        return new JournalException("Cannot go on with the comparison in '" + file.getParent() + "': " + what
                + ". Start anew: delete '" + file + "'.");
    }

    private static Outcome outcome(JsonNode line) {
        List<SampleLine> said = new ArrayList<>();
        line.path(LINES).forEach(each -> SampleLine.parse(each.asString("")).ifPresent(said::add));
        return said.size() == 1 && said.getFirst() instanceof SampleLine.NotApplicable(String reason)
                ? new Outcome.NotApplicable(reason)
                : new Outcome.Measured(said);
    }

    private static String key(Cell cell, int fork) {
        return cell.scenario().name() + " " + cell.size().parameters() + " on "
                + cell.mechanism().name() + " #" + fork;
    }
}
