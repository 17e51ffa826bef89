package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Calls that nobody tells the hub of and that come to an end by themselves: whoever is ready meanwhile waits for that, though this hub
 * would hand over at once; offloaded, they hold up nobody. Those that end only when somebody acts are in {@link StallingCallsTest}.
 */
@Timeout(120)
class UnannouncedCallsTest {
    /** How long a call is repeated, so that a hand-off has time to happen. */
    private static final long REPEAT_NANOS = Duration.ofMillis(20).toNanos();

    @TempDir
    private Path directory;

    enum Call {
        READ_BY_STREAM {
            @Override
            void make(Path file) throws IOException {
                try (InputStream in = new FileInputStream(file.toFile())) {
                    assertThat(in.readAllBytes()).hasSize(SIZE);
                }
            }
        },
        READ_BY_CHANNEL {
            @Override
            void make(Path file) throws IOException {
                try (FileChannel in = FileChannel.open(file)) {
                    assertThat(in.read(ByteBuffer.allocate(SIZE))).isEqualTo(SIZE);
                }
            }
        },
        WRITE {
            @Override
            void make(Path file) throws IOException {
                Files.write(file.resolveSibling("written"), new byte[SIZE]);
            }
        },
        COPY {
            @Override
            void make(Path file) throws IOException {
                Files.copy(file, file.resolveSibling("copy"), StandardCopyOption.REPLACE_EXISTING);
            }
        },
        WALK {
            @Override
            void make(Path file) throws IOException {
                try (Stream<Path> walk = Files.walk(file.getParent())) {
                    assertThat(walk).contains(file);
                }
            }
        },
        COMPUTE {
            @Override
            void make(Path file) {
                long hash = 1;
                for (int i = 0; i < SIZE; i++) {
                    hash = 31 * hash + i;
                }
                assertThat(hash).isNotZero();
            }
        },
        LOAD_CLASSES {
            @Override
            void make(Path file) throws Exception {
                URL classes = Hub.class.getProtectionDomain().getCodeSource().getLocation();
                try (URLClassLoader loader = new URLClassLoader(new URL[] {classes}, null)) {
                    assertThat(Class.forName(HubBuilder.class.getName(), true, loader))
                            .isNotSameAs(HubBuilder.class);
                }
            }
        };

        private static final int SIZE = 1 << 20;

        abstract void make(Path file) throws Exception;
    }

    private Path file() throws IOException {
        return Files.write(directory.resolve("file"), new byte[Call.SIZE]);
    }

    @ParameterizedTest
    @EnumSource
    void call_thatIsNotAnnounced_stallsASiblingForAsLongAsItLasts(Call call) throws Exception {
        Path file = file();
        Sibling.Stall stall = Hub.builder().handOffAfter(Duration.ZERO).run(() -> stall(call, file));

        System.err.println("UnannouncedCallsTest." + call + ": " + stall);
        assertThat(stall.nanos()).isGreaterThanOrEqualTo(stall.callNanos());
    }

    /** The sibling is ready before the first call begins, and notes when it has its turn. */
    private static Sibling.Stall stall(Call call, Path file) throws Exception {
        long[] turnNanos = {0};
        GreenThread<?> sibling = Hub.current().spawn("sibling", () -> {
            turnNanos[0] = System.nanoTime();
        });
        long began = System.nanoTime();
        long ended = NoSwitch.run(() -> {
            do {
                call.make(file);
            } while (System.nanoTime() - began < REPEAT_NANOS);
            return System.nanoTime();
        });
        sibling.join();
        return new Sibling.Stall(turnNanos[0] - began, ended - began);
    }

    @ParameterizedTest
    @EnumSource
    void call_thatIsOffloaded_letsOthersRun(Call call) throws Exception {
        Path file = file();
        AtomicBoolean enough = new AtomicBoolean();

        Sibling.hasTurnsDuring(
                () -> Hubs.offload(() -> {
                    while (!enough.get()) {
                        call.make(file);
                    }
                    return "enough";
                }),
                () -> enough.set(true));
    }
}
