package greenlet.lab.scenario;

import greenlet.lab.fork.SampleLine;
import greenlet.lab.fork.Worker;
import greenlet.lab.mechanism.Mechanism;
import greenlet.lab.process.JvmCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Measures one cell in a real worker at a fraction of the usual time, as the comparison does. */
public final class RealWorker {
    private static final int PATIENCE_SECONDS = 90;

    private RealWorker() {}

    /** What a worker said. */
    public record Said(Map<String, List<Double>> samples, Map<String, String> remarks, List<SampleLine> others) {
        public List<Double> of(String metric) {
            return samples.getOrDefault(metric, List.of());
        }
    }

    public static Said run(Scenario scenario, Mechanism mechanism, Size size, double pace)
            throws IOException, InterruptedException {
        List<String> flags = new ArrayList<>(scenario.jvmFlags(size));
        flags.add("-D" + Pace.PROPERTY + "=" + pace);
        List<String> arguments = new ArrayList<>(
                List.of(scenario.getClass().getName(), mechanism.getClass().getName()));
        size.parameters().forEach((name, value) -> arguments.add(name + "=" + value));
        Process worker = new ProcessBuilder(JvmCommand.of(flags, Worker.class.getName(), arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = worker.inputReader()) {
            List<SampleLine> said = lines.lines()
                    .flatMap(line -> SampleLine.parse(line).stream())
                    .toList();
            if (!worker.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("The worker did not end.");
            }
            return sorted(said);
        } finally {
            worker.descendants().forEach(ProcessHandle::destroyForcibly);
            worker.destroyForcibly();
        }
    }

    private static Said sorted(List<SampleLine> lines) {
        Said said = new Said(new HashMap<>(), new HashMap<>(), new ArrayList<>());
        for (SampleLine line : lines) {
            switch (line) {
                case SampleLine.Sample(String metric, double value) ->
                    said.samples.computeIfAbsent(metric, _ -> new ArrayList<>()).add(value);
                case SampleLine.Remark(String metric, String text) -> said.remarks.put(metric, text);
                case SampleLine.NotApplicable _, SampleLine.Failed _, SampleLine.Without _, SampleLine.Done _ ->
                    said.others.add(line);
            }
        }
        return said;
    }
}
