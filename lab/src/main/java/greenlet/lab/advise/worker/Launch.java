package greenlet.lab.advise.worker;

import greenlet.lab.advise.Shape;
import greenlet.lab.advise.Subject;
import greenlet.lab.advise.Way;
import greenlet.lab.process.JvmCommand;
import greenlet.lab.scenario.cpu.Spin;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a worker is started, on both sides of its command line.
 *
 * <p>Immutable.
 *
 * @param port where the command listens
 * @param way what it runs callers on
 * @param cores how many hubs make a hub per core
 * @param callLimitNanos a call that takes longer hangs
 * @param stepsPerMicro how many steps of {@link Spin} take a microsecond
 * @param shape of synthetic work; empty if there is a class
 * @param className the class; empty if the work is synthetic
 * @param classPath where it is
 */
record Launch(
        int port,
        Way way,
        int cores,
        long callLimitNanos,
        double stepsPerMicro,
        Optional<Shape> shape,
        String className,
        List<Path> classPath) {

    static Launch parse(String[] arguments) {
        String kind = arguments[5];
        Optional<Shape> shape = kind.equals("numbers") ? Optional.of(shape(arguments)) : Optional.empty();
        List<Path> classPath = kind.equals("code")
                ? Arrays.stream(arguments[7].split(File.pathSeparator, -1))
                        .filter(entry -> !entry.isEmpty())
                        .map(Path::of)
                        .toList()
                : List.of();
        return new Launch(
                Integer.parseInt(arguments[0]),
                Way.valueOf(arguments[1]),
                Integer.parseInt(arguments[2]),
                Long.parseLong(arguments[3]),
                Double.parseDouble(arguments[4]),
                shape,
                arguments[6],
                classPath);
    }

    private static Shape shape(String[] arguments) {
        return new Shape(
                Integer.parseInt(arguments[7]),
                Long.parseLong(arguments[8]),
                Long.parseLong(arguments[9]),
                Boolean.parseBoolean(arguments[10]),
                0);
    }

    /** The command line of a worker. */
    static List<String> command(int port, Way way, int cores, Setting setting) {
        List<String> arguments = new ArrayList<>(List.of(
                Integer.toString(port),
                way.name(),
                Integer.toString(cores),
                Long.toString(setting.callLimitNanos()),
                Double.toString(setting.stepsPerMicro())));
        List<String> flags = new ArrayList<>(List.of(
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseSerialGC",
                "--add-exports",
                "java.base/jdk.internal.vm=ALL-UNNAMED"));
        long heapMegabytes = Math.max(32, setting.heapBytes() >> 20);
        flags.addAll(List.of("-Xms" + heapMegabytes + "m", "-Xmx" + heapMegabytes + "m", "-XX:+AlwaysPreTouch"));
        switch (setting.subject()) {
            case Subject.Numbers(Shape shape) ->
                arguments.addAll(List.of(
                        "numbers",
                        "",
                        Integer.toString(shape.connections()),
                        Long.toString(shape.waitNanos()),
                        Long.toString(shape.cpuNanos()),
                        Boolean.toString(shape.sharedState())));
            case Subject.Code(var _, String className, List<Path> classPath, List<String> properties) -> {
                properties.forEach(property -> flags.add("-D" + property));
                arguments.add("code");
                arguments.add(className);
                arguments.add(classPath.stream()
                        .map(entry -> entry.toAbsolutePath().toString())
                        .collect(Collectors.joining(File.pathSeparator)));
            }
        }
        return JvmCommand.of(flags, AdviseWorker.class.getName(), arguments);
    }
}
