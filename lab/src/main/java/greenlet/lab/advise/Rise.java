package greenlet.lab.advise;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How the load rises, one point after another, until it is known enough.
 *
 * <p>Immutable.
 */
interface Rise {
    /** What comes next. */
    sealed interface Step {
        /**
         * Another point.
         *
         * @param load callers at once, or requests a second
         */
        record To(double load) implements Step {}

        /**
         * It is known enough.
         *
         * @param reason a limit that was met; empty if none was
         */
        record End(String reason) implements Step {}
    }

    /** The step after some points. */
    Step next(List<Point> points);

    /** The decisive point; empty if none is admissible. */
    Optional<Point> best(List<Point> points);

    /** Twice as many callers each time, until two doublings brought nothing. */
    record Callers(Demand demand, int most) implements Rise {
        private static final double GROWS = 1.05;
        /** Each point is measured once, and figures of the same load differ by some percent. */
        private static final double AS_GOOD = 0.9;

        @Override
        public Step next(List<Point> points) {
            if (points.isEmpty()) {
                return new Step.To(1);
            }
            Point last = points.getLast();
            if (!demand.isWithinMemory(last)) {
                return new Step.End("met the memory limit at " + last.concurrency() + " at once");
            }
            if (!demand.isInTime(last)) {
                return new Step.End("met the limit of p99 at " + last.concurrency() + " at once");
            }
            if (last.failures() > 0) {
                return new Step.End("calls failed at " + last.concurrency() + " at once");
            }
            int size = points.size();
            if (size >= 3
                    && Math.max(last.perSecond(), points.get(size - 2).perSecond())
                            < GROWS * fastest(points.subList(0, size - 2))) {
                return new Step.End("");
            }
            return last.concurrency() >= most
                    ? new Step.End("met the limit of " + most + " at once")
                    : new Step.To(Math.min(most, 2.0 * last.concurrency()));
        }

        private static double fastest(List<Point> points) {
            return points.stream().mapToDouble(Point::perSecond).max().orElse(0);
        }

        /** The fewest callers that are as good as the best. */
        @Override
        public Optional<Point> best(List<Point> points) {
            List<Point> admitted = points.stream().filter(demand::admits).toList();
            double enough = AS_GOOD * fastest(admitted);
            return admitted.stream()
                    .filter(point -> point.perSecond() >= enough)
                    .min(Comparator.comparingInt(Point::concurrency));
        }
    }

    /** Half as many requests a second again each time, until the limits are broken; then between the last two. */
    record Rates(Demand demand, Shape shape, double ceiling) implements Rise {
        private static final double START = 0.08;
        private static final double FACTOR = 1.5;
        private static final double CLOSE = 1.1;
        private static final int MOST = 14;
        /** Where a rate is demanded, what lies above it only tells how much is in reserve. */
        private static final int MOST_ABOVE_A_DEMAND = 3;

        @Override
        public Step next(List<Point> points) {
            if (points.isEmpty()) {
                return new Step.To(shape.perSecond() > 0 ? shape.perSecond() : START * ceiling);
            }
            if (!demand.isWithinMemory(points.getLast())) {
                return new Step.End("hold %s, more than the limit"
                        .formatted(Numerals.memory(points.getLast().memoryBytes())));
            }
            double passed = passed(points);
            double failed = failed(points);
            if (passed == 0) {
                Point last = points.getLast();
                return new Step.End("do not keep to the limits even at %s: p99 is %s and %s are answered"
                        .formatted(
                                Numerals.rate(offered(last), "requests"),
                                Numerals.time(last.p99Nanos()),
                                Numerals.percent(last.keptUp())));
            }
            if (points.size() >= (shape.perSecond() > 0 ? MOST_ABOVE_A_DEMAND : MOST)) {
                return new Step.End("");
            }
            if (failed == Double.POSITIVE_INFINITY) {
                return new Step.To(passed * FACTOR);
            }
            return failed / passed <= CLOSE ? new Step.End("") : new Step.To(Math.sqrt(passed * failed));
        }

        private static double offered(Point point) {
            Double offered = point.offeredPerSecond();
            return offered == null ? point.perSecond() : offered;
        }

        /** The highest rate kept to below any that was not. */
        private double passed(List<Point> points) {
            double failed = failed(points);
            return points.stream()
                    .filter(demand::admits)
                    .mapToDouble(Rates::offered)
                    .filter(rate -> rate < failed)
                    .max()
                    .orElse(0);
        }

        private double failed(List<Point> points) {
            return points.stream()
                    .filter(point -> !demand.admits(point))
                    .mapToDouble(Rates::offered)
                    .min()
                    .orElse(Double.POSITIVE_INFINITY);
        }

        /** Where a rate is demanded, that one; else the highest that is kept to. */
        @Override
        public Optional<Point> best(List<Point> points) {
            if (shape.perSecond() > 0) {
                return points.stream().limit(1).filter(demand::admits).findFirst();
            }
            double passed = passed(points);
            return points.stream()
                    .filter(demand::admits)
                    .filter(point -> offered(point) == passed)
                    .findFirst();
        }
    }
}
