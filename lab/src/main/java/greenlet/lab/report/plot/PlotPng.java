package greenlet.lab.report.plot;

import greenlet.lab.measure.Interval;
import greenlet.lab.report.Quantity;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import javax.imageio.ImageIO;

/** A plot as PNG, drawn with Java 2D: XChart looked for ever for places of the labels of a category axis. Immutable. */
public final class PlotPng {
    private static final int WIDTH = 1200;
    private static final int ROW_PIXELS = 26;
    private static final int HEADING_PIXELS = 30;

    private static final int EDGE_PIXELS = 20;
    private static final int TOP_PIXELS = 60;
    private static final int BOTTOM_PIXELS = 36;

    /** What the longest name of a mechanism takes. */
    private static final int LEFT_PIXELS = 160;

    /** What the longest figure with its interval takes. */
    private static final int RIGHT_PIXELS = 230;

    private static final int LETTER_PIXELS = 13;

    private static final int LONGEST_UNIT = 12;
    private static final int LONGEST_TITLE = 120;

    private static final float INTERVAL_WIDTH = 3;
    private static final float OUTLINE_WIDTH = 1.5f;

    private PlotPng() {}

    /**
     * Draws a plot.
     *
     * @param plot to draw
     * @return the bytes of a PNG file
     * @throws IOException if this JVM cannot draw: a JDK without AWT, or a machine without a font
     */
    public static byte[] draw(Plot plot) throws IOException {
        return encoded(plot.id(), () -> picture(plot));
    }

    /** Draws a picture and encodes it; every way in which a JDK or machine cannot is told alike. */
    static byte[] encoded(String id, Supplier<BufferedImage> picture) throws IOException {
        System.setProperty("java.awt.headless", "true");
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            if (!ImageIO.write(picture.get(), "png", out)) {
                throw new IOException("Cannot draw " + id + ": this JDK has no encoder for PNG. Install a full JDK.");
            }
            return out.toByteArray();
        } catch (LinkageError | RuntimeException e) {
            // A JDK without its desktop libraries fails in the first, one without fonts in the second.
            throw new IOException(
                    "Cannot draw " + id + " as PNG: " + e
                            + ". Install a JDK that is not 'headless' and a font (Debian: fontconfig and"
                            + " fonts-dejavu-core).",
                    e);
        }
    }

    /**
     * Whether a plot's texts are short and plain enough for a picture of fixed width.
     *
     * @param plot to draw
     * @return false if its texts are not those of a report that this program made
     */
    public static boolean isDrawable(Plot plot) {
        return plot.unit().length() <= LONGEST_UNIT
                && plot.title().length() <= LONGEST_TITLE
                && !(plot.title() + plot.unit() + plot.note()).contains("$")
                && plot.groups().stream().noneMatch(group -> group.label().contains("$"));
    }

    private static BufferedImage picture(Plot plot) {
        List<Plot.Group> groups = plot.drawn();
        int rows = groups.stream().mapToInt(group -> group.drawn().size()).sum();
        int headings =
                (int) groups.stream().filter(group -> !group.label().isEmpty()).count();
        int height = TOP_PIXELS + rows * ROW_PIXELS + headings * HEADING_PIXELS + BOTTOM_PIXELS;
        BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D pen = image.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            pen.setColor(Color.WHITE);
            pen.fillRect(0, 0, WIDTH, height);
            frame(pen, plot, height);
            int y = TOP_PIXELS;
            for (Plot.Group group : groups) {
                if (!group.label().isEmpty()) {
                    heading(pen, group.label(), y + HEADING_PIXELS - 8);
                    y += HEADING_PIXELS;
                }
                for (Plot.Row row : group.drawn()) {
                    row(pen, plot, row, y + ROW_PIXELS / 2);
                    y += ROW_PIXELS;
                }
            }
        } finally {
            pen.dispose();
        }
        return image;
    }

    private static void frame(Graphics2D pen, Plot plot, int height) {
        int bottom = height - BOTTOM_PIXELS;
        pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, LETTER_PIXELS));
        for (double tick : plot.axis().ticks()) {
            int x = x(plot, tick);
            pen.setColor(plot.isOfRatios() && tick == 1 ? Color.GRAY : Color.LIGHT_GRAY);
            pen.drawLine(x, TOP_PIXELS, x, bottom);
            String words = Quantity.label(tick, plot.unit());
            pen.setColor(Color.BLACK);
            pen.drawString(words, x - pen.getFontMetrics().stringWidth(words) / 2, bottom + 18);
        }
        pen.drawString(plot.note(), EDGE_PIXELS, 46);
        heading(pen, plot.title(), 26);
    }

    /** On white, as an axis' lines run below it. */
    private static void heading(Graphics2D pen, String words, int y) {
        pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, LETTER_PIXELS));
        pen.setColor(Color.WHITE);
        pen.fillRect(EDGE_PIXELS, y - 13, pen.getFontMetrics().stringWidth(words), 17);
        pen.setColor(Color.BLACK);
        pen.drawString(words, EDGE_PIXELS, y);
    }

    private static void row(Graphics2D pen, Plot plot, Plot.Row row, int y) {
        pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, LETTER_PIXELS));
        pen.setColor(Color.BLACK);
        pen.drawString(row.label(), EDGE_PIXELS, y + 4);
        pen.drawString(row.words(), WIDTH - EDGE_PIXELS - pen.getFontMetrics().stringWidth(row.words()), y + 4);
        mark(pen, plot, row, y);
    }

    private static void mark(Graphics2D pen, Plot plot, Plot.Row row, int y) {
        Interval interval = Objects.requireNonNull(row.interval());
        Palette.Look look = Palette.look(row.mechanism());
        Color colour = Color.decode(look.light());
        pen.setColor(colour);
        pen.setStroke(new BasicStroke(INTERVAL_WIDTH));
        pen.drawLine(x(plot, interval.low()), y, x(plot, interval.high()), y);
        Shape shape = shape(look.shape(), x(plot, interval.median()), y);
        pen.setColor(look.hollow() ? Color.WHITE : colour);
        pen.fill(shape);
        pen.setColor(colour);
        pen.setStroke(new BasicStroke(OUTLINE_WIDTH));
        pen.draw(shape);
        pen.setStroke(new BasicStroke(1));
    }

    static Shape shape(Palette.Shape shape, int x, int y) {
        return switch (shape) {
            case CIRCLE -> new Ellipse2D.Double(x - 5, y - 5, 10, 10);
            case SQUARE -> new Rectangle(x - 5, y - 5, 10, 10);
            case TRIANGLE -> new Polygon(new int[] {x, x + 6, x - 6}, new int[] {y - 6, y + 5, y + 5}, 3);
            case DIAMOND -> new Polygon(new int[] {x, x + 6, x, x - 6}, new int[] {y - 6, y, y + 6, y}, 4);
        };
    }

    private static int x(Plot plot, double value) {
        return (int) Math.round(LEFT_PIXELS + plot.axis().position(value) * (WIDTH - RIGHT_PIXELS - LEFT_PIXELS));
    }
}
