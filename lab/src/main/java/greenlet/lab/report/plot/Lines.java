package greenlet.lab.report.plot;

import greenlet.lab.measure.Interval;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A figure against what grows along an axis, as data: a line of medians with their intervals for each of those compared. Immutable.
 *
 * @param id fit for an anchor and a file name
 * @param title what is plotted
 * @param against what the horizontal axis shows
 * @param note which direction is better
 * @param x the horizontal axis
 * @param y the vertical one
 * @param words how a tick of it is written
 * @param lines one for each of those compared
 * @param spans places that are marked, such as where two lines cross
 */
public record Lines(
        String id,
        String title,
        String against,
        String note,
        Axis x,
        Axis y,
        DoubleFunction<String> words,
        List<Line> lines,
        List<Span> spans) {
    /** Copies the lists. */
    public Lines {
        lines = List.copyOf(lines);
        spans = List.copyOf(spans);
    }

    /**
     * One of those compared.
     *
     * @param css the class that gives its colour
     * @param label what people read
     * @param look colour and shape
     * @param dots in the order of the axis
     */
    public record Line(String css, String label, Palette.Look look, List<Dot> dots) {
        /** Copies the dots. */
        public Line {
            dots = List.copyOf(dots);
        }
    }

    /**
     * One point.
     *
     * @param x its place
     * @param interval its figure
     * @param hover all that is known about it, in words
     */
    public record Dot(double x, Interval interval, String hover) {}

    /**
     * A marked place.
     *
     * @param at the place itself
     * @param from where it may begin
     * @param to where it may end
     * @param hover what it is
     */
    public record Span(double at, double from, double to, String hover) {}
}
