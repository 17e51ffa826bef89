package greenlet.lab.report.plot;

import greenlet.lab.measure.Interval;
import greenlet.lab.report.Quantity;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;

/** Curves as PNG, for {@code report.md}. Immutable. */
public final class LinesPng {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 480;
    private static final int LEFT = 110;
    private static final int RIGHT = WIDTH - 40;
    private static final int TOP = 60;
    private static final int BOTTOM = HEIGHT - 90;
    private static final int END_PIXELS = 4;
    private static final int LINE_PIXELS = 16;

    private final Lines plot;
    private final Graphics2D pen;

    private LinesPng(Lines plot, Graphics2D pen) {
        this.plot = plot;
        this.pen = pen;
    }

    /**
     * Draws curves.
     *
     * @param plot to draw
     * @return the bytes of a PNG file
     * @throws IOException if this JVM cannot draw: a JDK without AWT, or a machine without a font
     */
    public static byte[] draw(Lines plot) throws IOException {
        return PlotPng.encoded(plot.id(), () -> picture(plot));
    }

    private static BufferedImage picture(Lines plot) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
        Graphics2D pen = image.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            pen.setColor(Color.WHITE);
            pen.fillRect(0, 0, WIDTH, HEIGHT);
            pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
            LinesPng drawing = new LinesPng(plot, pen);
            drawing.frame();
            plot.lines().forEach(drawing::line);
            drawing.legend();
        } finally {
            pen.dispose();
        }
        return image;
    }

    private void frame() {
        pen.setColor(new Color(0xe6e6e6));
        for (Lines.Span span : plot.spans()) {
            pen.fillRect(x(span.from()), TOP, Math.max(2, x(span.to()) - x(span.from())), BOTTOM - TOP);
        }
        for (double tick : plot.y().ticks()) {
            String words = plot.words().apply(tick);
            pen.setColor(Color.LIGHT_GRAY);
            pen.drawLine(LEFT, y(tick), RIGHT, y(tick));
            pen.setColor(Color.BLACK);
            pen.drawString(words, LEFT - 8 - pen.getFontMetrics().stringWidth(words), y(tick) + 4);
        }
        for (double tick : plot.x().ticks()) {
            String words = Quantity.label(tick, "1");
            pen.setColor(Color.LIGHT_GRAY);
            pen.drawLine(x(tick), TOP, x(tick), BOTTOM);
            pen.setColor(Color.BLACK);
            pen.drawString(words, x(tick) - pen.getFontMetrics().stringWidth(words) / 2, BOTTOM + LINE_PIXELS);
        }
        pen.drawString(plot.title() + ". " + plot.note(), LEFT / 4, 24);
        pen.drawString(plot.against(), LEFT, BOTTOM + 2 * LINE_PIXELS + 4);
    }

    private void line(Lines.Line line) {
        pen.setColor(Color.decode(line.look().light()));
        pen.setStroke(new BasicStroke(2));
        for (int i = 1; i < line.dots().size(); i++) {
            Lines.Dot from = line.dots().get(i - 1);
            Lines.Dot to = line.dots().get(i);
            pen.drawLine(
                    x(from.x()),
                    y(from.interval().median()),
                    x(to.x()),
                    y(to.interval().median()));
        }
        pen.setStroke(new BasicStroke(1));
        for (Lines.Dot dot : line.dots()) {
            Interval interval = dot.interval();
            int x = x(dot.x());
            pen.drawLine(x, y(interval.low()), x, y(interval.high()));
            pen.drawLine(x - END_PIXELS, y(interval.low()), x + END_PIXELS, y(interval.low()));
            pen.drawLine(x - END_PIXELS, y(interval.high()), x + END_PIXELS, y(interval.high()));
            pen.fill(PlotPng.shape(line.look().shape(), x, y(interval.median())));
        }
    }

    private void legend() {
        int x = LEFT;
        int y = HEIGHT - 22;
        for (Lines.Line line : plot.lines()) {
            pen.setColor(Color.decode(line.look().light()));
            pen.fill(PlotPng.shape(line.look().shape(), x, y - 4));
            pen.setColor(Color.BLACK);
            pen.drawString(line.label(), x + 12, y);
            x += 40 + pen.getFontMetrics().stringWidth(line.label());
        }
    }

    private int x(double value) {
        return (int) Math.round(LEFT + plot.x().position(value) * (RIGHT - LEFT));
    }

    private int y(double value) {
        return (int) Math.round(BOTTOM - plot.y().position(value) * (BOTTOM - TOP));
    }
}
