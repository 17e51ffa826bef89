package greenlet.lab.claim;

import static org.assertj.core.api.Assertions.assertThat;

import greenlet.lab.measure.Budget;
import greenlet.lab.scenario.Metric;
import greenlet.lab.scenario.Scenario;
import greenlet.lab.scenario.Scenarios;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Proves that what claims ask for is what scenarios measure: a name that differs by a letter would be "not measured here" for ever. */
class FiguresTest {
    static Stream<Question> questions() {
        return Stream.concat(
                        Claims.all().stream().map(Claim::questions),
                        Arrays.stream(Workload.values()).map(Workload::questions))
                .flatMap(List::stream)
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("questions")
    void question_namesAMetricAndParametersOfAScenario(Question question) {
        Figure figure = question.measure().figure();
        assertThat(Scenarios.metric(figure.scenario(), figure.name()))
                .as(question.runs())
                .isPresent();
        for (Map.Entry<String, String> needed : figure.where().entrySet()) {
            assertThat(values(figure, needed.getKey())).as(question.runs()).contains(needed.getValue());
        }
        if (question.measure() instanceof Measure.Growth growth) {
            assertThat(values(figure, growth.parameter())).as(question.rule()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("questions")
    void ratio_favoursWhomTheMetricFavours(Question question) {
        if (question.measure() instanceof Measure.Ratio(Figure figure, Role over, Role under)) {
            Metric metric = Scenarios.metric(figure.scenario(), figure.name()).orElseThrow();
            Role better = metric.better() == Metric.Better.LOWER ? under : over;
            assertThat(question.favours())
                    .as(question.rule())
                    .isEqualTo(better == Role.GREENLETS ? Question.Side.GREENLETS : Question.Side.RIVAL);
        }
    }

    private static List<String> values(Figure figure, String parameter) {
        Scenario scenario = Scenarios.named(figure.scenario()).orElseThrow();
        return scenario.sizes(Budget.DEFAULT).stream()
                .flatMap(size -> Stream.ofNullable(size.parameters().get(parameter)))
                .toList();
    }
}
