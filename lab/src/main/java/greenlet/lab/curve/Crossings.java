package greenlet.lab.curve;

import greenlet.lab.measure.Crossing;
import greenlet.lab.measure.Interval;
import greenlet.lab.measure.Run;
import greenlet.lab.scenario.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where mechanisms cross on a curve.
 *
 * <p>At a point one of two is ahead if the intervals of the medians do not overlap and the medians are at least {@value #MARGIN} times apart;
 * else it is a tie there. A point at which one is ahead although its neighbours that are no ties both say the other is taken for noise. A
 * crossing lies between two neighbours, ties between them left out, of which one says the one and the next the other: no narrower bounds
 * are claimed. Within them its place is where the line through the logarithms of the medians' ratios meets zero.
 *
 * <p>Immutable.
 */
public final class Crossings {
    private static final double MARGIN = 1.1;

    private Crossings() {}

    /** The figures of two mechanisms at one point. */
    record Pair(double x, Interval one, Interval other) {
        /** Greater than zero if the one has the greater median. */
        double logRatio() {
            return Math.log(Math.max(one.median(), Double.MIN_NORMAL) / Math.max(other.median(), Double.MIN_NORMAL));
        }
    }

    /** One is ahead there: the one if the sign is 1, the other if it is -1. */
    private record Ahead(int index, int sign) {}

    /** A place where the leader changes. */
    record Place(double at, double from, double to, boolean oneLeads) {}

    /** All that is known about two mechanisms: crossings, or who is ahead from where to where. */
    record Standing(List<Place> places, int sign, double aheadFrom, double aheadTo, int noise) {}

    /**
     * The crossings of all pairs of mechanisms in the decisive metrics of each curve that was measured. Not a switch point.
     *
     * @param runs of a report
     * @return in the order of the curves
     */
    public static List<Crossing> of(List<Run> runs) {
        List<Crossing> found = new ArrayList<>();
        for (Curve curve : Curves.all()) {
            List<Run> own = runs.stream()
                    .filter(run -> run.scenario().equals(curve.name()) && run.isMeasured())
                    .toList();
            List<String> mechanisms =
                    own.stream().map(Run::mechanism).distinct().toList();
            for (Metric metric : Curve.decisive()) {
                for (int i = 0; i < mechanisms.size(); i++) {
                    for (String other : mechanisms.subList(i + 1, mechanisms.size())) {
                        found.addAll(between(curve, metric, own, mechanisms.get(i), other));
                    }
                }
            }
        }
        return found;
    }

    private static List<Crossing> between(Curve curve, Metric metric, List<Run> runs, String one, String other) {
        List<Pair> pairs = pairs(curve, metric, runs, one, other);
        if (pairs.size() < 2) {
            return List.of();
        }
        Standing standing = standing(pairs, metric.better() == Metric.Better.HIGHER, curve.isLogarithmic());
        Naming naming = new Naming(
                curve, metric, one, other, pairs.getFirst().x(), pairs.getLast().x());
        return standing.places().isEmpty()
                ? List.of(naming.without(standing))
                : standing.places().stream()
                        .map(place -> naming.crossing(place, standing.noise()))
                        .toList();
    }

    private static List<Pair> pairs(Curve curve, Metric metric, List<Run> runs, String one, String other) {
        Map<Integer, Interval> mine = new HashMap<>();
        Map<Integer, Interval> theirs = new HashMap<>();
        for (Run run : runs) {
            String at = run.parameters().get(curve.parameter());
            if (run.metric().equals(metric.name()) && at != null) {
                if (run.mechanism().equals(one)) {
                    mine.put(Integer.parseInt(at), run.interval());
                } else if (run.mechanism().equals(other)) {
                    theirs.put(Integer.parseInt(at), run.interval());
                }
            }
        }
        return mine.entrySet().stream()
                .flatMap(each -> Optional.ofNullable(theirs.get(each.getKey()))
                        .map(their -> new Pair(each.getKey(), each.getValue(), their))
                        .stream())
                .sorted(Comparator.comparingDouble(Pair::x))
                .toList();
    }

    /** The rule itself, on points in ascending order. */
    static Standing standing(List<Pair> pairs, boolean higherIsBetter, boolean logarithmic) {
        List<Ahead> ahead = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            int sign = sign(pairs.get(i), higherIsBetter);
            if (sign != 0) {
                ahead.add(new Ahead(i, sign));
            }
        }
        int noise = dropNoise(ahead);
        List<Place> places = new ArrayList<>();
        for (int i = 1; i < ahead.size(); i++) {
            Ahead before = ahead.get(i - 1);
            Ahead now = ahead.get(i);
            if (before.sign() != now.sign()) {
                places.add(place(pairs.subList(before.index(), now.index() + 1), now.sign() > 0, logarithmic));
            }
        }
        return ahead.isEmpty()
                ? new Standing(places, 0, Double.NaN, Double.NaN, noise)
                : new Standing(
                        places,
                        ahead.getLast().sign(),
                        pairs.get(ahead.getFirst().index()).x(),
                        pairs.get(ahead.getLast().index()).x(),
                        noise);
    }

    private static int sign(Pair pair, boolean higherIsBetter) {
        double ratio = pair.logRatio();
        if (pair.one().overlaps(pair.other()) || Math.abs(ratio) < Math.log(MARGIN)) {
            return 0;
        }
        return ratio > 0 == higherIsBetter ? 1 : -1;
    }

    private static int dropNoise(List<Ahead> ahead) {
        int dropped = 0;
        for (int i = 1; i + 1 < ahead.size(); i++) {
            int before = ahead.get(i - 1).sign();
            if (ahead.get(i + 1).sign() == before && ahead.get(i).sign() != before) {
                ahead.remove(i);
                i--;
                dropped++;
            }
        }
        return dropped;
    }

    /** Among ties the medians may change sides more than once: the last time counts. */
    private static Place place(List<Pair> span, boolean oneLeads, boolean logarithmic) {
        double from = span.getFirst().x();
        double to = span.getLast().x();
        double at = to;
        for (int i = 1; i < span.size(); i++) {
            double left = span.get(i - 1).logRatio();
            double right = span.get(i).logRatio();
            if (left != right && left * right <= 0) {
                at = between(span.get(i - 1).x(), span.get(i).x(), left / (left - right), logarithmic);
            }
        }
        return new Place(at, from, to, oneLeads);
    }

    private static double between(double low, double high, double share, boolean logarithmic) {
        return logarithmic && low > 0 ? low * Math.pow(high / low, share) : low + (high - low) * share;
    }

    /** Puts what was found into records and words. */
    private record Naming(Curve curve, Metric metric, String one, String other, double first, double last) {
        Crossing crossing(Place place, int noise) {
            String leader = place.oneLeads() ? one : other;
            String words = "%s overtake %s in %s at about %s (between %s and %s)%s"
                    .formatted(
                            plain(leader),
                            plain(place.oneLeads() ? other : one),
                            metric.name(),
                            number(place.at()) + " " + curve.unit(),
                            number(place.from()),
                            number(place.to()),
                            remark(noise));
            return made(Crossing.Kind.CROSSES, leader, place.at(), place.from(), place.to(), words);
        }

        Crossing without(Standing standing) {
            String range = "no crossing in %s between %s and %s %s: "
                    .formatted(metric.name(), number(first), number(last), curve.unit());
            if (standing.sign() == 0) {
                String words = range + plain(one) + " and " + plain(other) + " do about the same";
                return made(Crossing.Kind.SAME, null, Double.NaN, first, last, words);
            }
            String leader = standing.sign() > 0 ? one : other;
            String behind = standing.sign() > 0 ? other : one;
            String words = range + plain(leader) + " are ahead of " + plain(behind) + where(standing)
                    + remark(standing.noise());
            return made(Crossing.Kind.AHEAD, leader, Double.NaN, first, last, words);
        }

        private String where(Standing standing) {
            boolean fromFirst = standing.aheadFrom() == first;
            boolean toLast = standing.aheadTo() == last;
            if (fromFirst && toLast) {
                return "";
            }
            if (standing.aheadFrom() == standing.aheadTo()) {
                return " at " + number(standing.aheadFrom()) + "; elsewhere they do about the same";
            }
            String low = fromFirst ? "" : " from " + number(standing.aheadFrom());
            String high = toLast ? " on" : (fromFirst ? " up to " : " to ") + number(standing.aheadTo());
            return low + high + "; elsewhere they do about the same";
        }

        private static String remark(int noise) {
            return noise == 0 ? "" : "; " + noise + (noise == 1 ? " point" : " points") + " between taken for noise";
        }

        private Crossing made(
                Crossing.Kind kind, @Nullable String leader, double at, double from, double to, String words) {
            return new Crossing(
                    curve.name(), curve.parameter(), metric.name(), one, other, kind, leader, at, from, to, words);
        }

        private static String plain(String mechanism) {
            return mechanism.replace('-', ' ');
        }

        /** Two digits: a place between two points is no better known. */
        private static String number(double value) {
            if (value == 0) {
                return "0";
            }
            double step = Math.pow(10, Math.floor(Math.log10(value)) - 1);
            return String.format(Locale.ROOT, "%,.0f", step < 1 ? value : Math.round(value / step) * step);
        }
    }
}
