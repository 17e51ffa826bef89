import java.io.File;
import java.util.List;
import java.util.Map;
import org.gradle.api.Action;
import org.gradle.api.Project;
import org.gradle.api.Task;
import org.gradle.api.tasks.JavaExec;
import org.gradle.api.tasks.testing.Test;
import org.gradle.testfixtures.ProjectBuilder;

/**
 * Gradle itself reads {@code build.gradle} of a folder whose classes are compiled, resolves its dependencies, and does its tasks {@code run}, {@code jar} and
 * {@code installDist}. Prints what {@code run} prints, then a line for each option that the JVM of {@code test} gets. Run by GettingStartedTest with Java 17 and
 * the classes of Gradle, as there is no Gradle to be had on Maven Central but these.
 *
 * <p>Arguments: the folder; the {@code java} to run programs with.
 */
public class FollowGradle {
    public static void main(String[] arguments) {
        int exit = 1;
        try {
            follow(new File(arguments[0]), arguments[1]);
            exit = 0;
        } catch (Throwable failure) {
            failure.printStackTrace();
        }
        System.out.flush();
        Runtime.getRuntime().halt(exit); // Gradle's own threads would go on for minutes
    }

    private static void follow(File folder, String java) {
        Project project = ProjectBuilder.builder()
                .withName("app")
                .withProjectDir(folder)
                .withGradleUserHomeDir(new File(folder, "gradle-home"))
                .build();
        project.apply(Map.of("from", new File(folder, "build.gradle")));

        JavaExec run = (JavaExec) project.getTasks().getByName("run");
        run.setExecutable(java);
        for (String name : List.of("run", "jar", "startScripts", "installDist")) {
            Task task = project.getTasks().getByName(name);
            task.getOutputs()
                    .getFiles()
                    .forEach(output -> output.getParentFile().mkdirs());
            for (Action<? super Task> action : List.copyOf(task.getActions())) {
                action.execute(task);
            }
        }
        Test test = (Test) project.getTasks().getByName("test");
        test.getJvmArgs().forEach(option -> System.out.println("test: " + option));
    }
}
