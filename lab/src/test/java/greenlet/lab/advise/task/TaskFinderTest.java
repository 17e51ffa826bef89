package greenlet.lab.advise.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import greenlet.lab.advise.Subject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TaskFinderTest {
    private static final String SOURCE = """
        package com.acme;
        public class Orders implements Runnable {
            static { if (true) throw new IllegalStateException("initialised"); }
            public void run() {}
            public static class Poller implements java.util.concurrent.Callable<Integer> {
                public Integer call() { return 1; }
            }
            public static class Plain {}
        }
        """;

    @TempDir
    Path folder;

    private List<Path> classPath = List.of();

    @BeforeEach
    void compile() throws Exception {
        Path source = Files.writeString(folder.resolve("Orders.java"), SOURCE);
        Path classes = Files.createDirectory(folder.resolve("classes"));
        Subject.Code code = SourceFile.compile(source, List.of(), classes);
        assertThat(code.className()).isEqualTo("com.acme.Orders");
        classPath = List.of(classes);
    }

    @Test
    void find_existingTask_givesItWithoutRunningItsInitialiser() throws Exception {
        assertThat(TaskFinder.find("com.acme.Orders", classPath).className()).isEqualTo("com.acme.Orders");
    }

    @Test
    void find_nestedClass_mayBeWrittenWithADot() throws Exception {
        assertThat(TaskFinder.find("com.acme.Orders.Poller", classPath).className())
                .isEqualTo("com.acme.Orders$Poller");
    }

    @Test
    void find_misspelt_namesTheNearest() {
        assertThatThrownBy(() -> TaskFinder.find("com.acme.Ordres", classPath))
                .isInstanceOf(BadTaskException.class)
                .hasMessageStartingWith("Cannot find class com.acme.Ordres on the class path [")
                .hasMessageContaining(" Is it com.acme.Orders")
                .hasMessageEndingWith("Name it in full, with its package, and where it is: --classpath DIR:JAR.");
    }

    @Test
    void find_withoutItsPackage_namesTheWhole() {
        assertThatThrownBy(() -> TaskFinder.find("Poller", classPath))
                .hasMessageContaining("Is it com.acme.Orders$Poller?");
    }

    @Test
    void find_noTask_namesTasks() {
        assertThatThrownBy(() -> TaskFinder.find("com.acme.Orders$Plain", classPath))
                .hasMessageStartingWith("Cannot take com.acme.Orders$Plain as a task: it is a class and no Runnable,"
                        + " Callable or greenlet.lab.advise.Workload. These are: com.acme.Orders");
    }

    @Test
    void find_noSuchPlace_saysSo() {
        assertThatThrownBy(() -> TaskFinder.find("A", List.of(folder.resolve("nowhere"))))
                .hasMessageContaining("nowhere': there is no such folder or jar");
    }

    @Test
    void compile_errors_areShownWithTheirPlaces() throws Exception {
        Path broken = Files.writeString(folder.resolve("Broken.java"), """
            public class Broken implements Runnable {
                public void run() { int x = "text"; }
            }
            """);
        assertThatThrownBy(() -> SourceFile.compile(broken, List.of(), Files.createDirectory(folder.resolve("b"))))
                .isInstanceOf(BadTaskException.class)
                .hasMessageContaining("Broken.java:2:33: incompatible types");
    }

    @Test
    void compile_noTaskInIt_namesWhatIs() throws Exception {
        Path plain = Files.writeString(folder.resolve("Plain.java"), "class Plain {} class Other {}");
        assertThatThrownBy(() -> SourceFile.compile(plain, List.of(), Files.createDirectory(folder.resolve("p"))))
                .hasMessageContaining("of its classes (Plain, Other) none is a Runnable");
    }

    /** Paths of the last folders are longer than the system takes, which not even root can read: as good as no permission. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void find_folderInWhichSomeCannotBeRead_namesTheNearestOfTheRest() throws Exception {
        Path upper = Files.createDirectories(deep(classPath.getFirst().resolve("upper")));
        Path lower = folder.resolve("lower");
        Files.createDirectories(deep(lower));
        Files.move(lower, upper.resolve("lower"));
        try {
            assertThatThrownBy(() -> TaskFinder.find("com.acme.Ordres", classPath))
                    .isInstanceOf(BadTaskException.class)
                    .hasMessageContaining(" Is it com.acme.Orders");
        } finally {
            // So that it can be deleted.
            Files.move(upper.resolve("lower"), lower);
        }
    }

    /** Of more than half of the longest path. */
    private static Path deep(Path top) {
        Path path = top;
        while (path.toString().length() < 2_100) {
            path = path.resolve("x".repeat(200));
        }
        return path;
    }

    @Test
    void distance_isLevenshteins() {
        assertThat(ClassNames.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(ClassNames.distance("", "abc")).isEqualTo(3);
        assertThat(ClassNames.distance("same", "same")).isZero();
    }
}
