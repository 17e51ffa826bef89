package greenlet.lab.cli;

import greenlet.lab.example.Example;
import greenlet.lab.example.Examples;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code greenlet example}: lists the examples, or prints one and runs it. */
@Command(
        name = "example",
        description = "Lists small programs, or prints one and runs it.",
        mixinStandardHelpOptions = true)
final class ShowExample implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Which one; without it they are listed.")
    private @Nullable String name;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        if (name == null) {
            out.println("Examples (greenlet example NAME prints one and runs it):");
            Examples.all().forEach(example -> out.printf("  %-10s  %s%n", example.name(), example.about()));
            return ExitCode.OK;
        }
        Example example = Choice.of("example", List.of(name), Examples.all(), Example::name)
                .getFirst();
        out.println(example.source());
        out.println("----- it runs:");
        out.flush();
        example.main().run(new String[0]);
        return ExitCode.OK;
    }
}
