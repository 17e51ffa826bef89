package greenlet.lab.report.plot;

import greenlet.lab.measure.Interval;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;

/** A plot as PNG, drawn with Java 2D: XChart looked for ever for places of the labels of a category axis. Immutable. */
public final class PlotPng {
    private static final int WIDTH = 1200;
    private static final int ROW_PIXELS = 30;
    private static final int FRAME_PIXELS = 130;

    private static final int EDGE_PIXELS = 40;
    private static final int TOP_PIXELS = 50;

    /** A longer label would leave no room for an axis. */
    private static final int LONGEST_LABEL = 70;

    private static final int LONGEST_UNIT = 12;
    private static final int LONGEST_TITLE = 120;

    private static final float INTERVAL_WIDTH = 3;

    private PlotPng() {}

    /**
     * Draws a plot.
     *
     * @param plot to draw
     * @return the bytes of a PNG file
     * @throws IOException if this JVM cannot draw: a JDK without AWT, or a machine without a font
     */
    public static byte[] draw(Plot plot) throws IOException {
        System.setProperty("java.awt.headless", "true");
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            if (!ImageIO.write(picture(plot), "png", out)) {
                throw new IOException(
                        "Cannot draw " + plot.id() + ": this JDK has no encoder for PNG. Install a full JDK.");
            }
            return out.toByteArray();
        } catch (LinkageError | RuntimeException e) {
            // A JDK without its desktop libraries fails in the first, one without fonts in the second.
            throw new IOException(
                    "Cannot draw " + plot.id() + " as PNG: " + e
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
        List<String> labels = new ArrayList<>();
        List<Plot.Row> rows = new ArrayList<>();
        for (Plot.Group group : plot.groups()) {
            for (Plot.Row row : group.rows()) {
                if (row.interval() != null) {
                    rows.add(row);
                    labels.add(
                            unique(group.label().isEmpty() ? row.label() : group.label() + ": " + row.label(), labels));
                }
            }
        }
        int height = FRAME_PIXELS + ROW_PIXELS * Math.max(2, rows.size());
        BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D pen = image.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            pen.setColor(Color.WHITE);
            pen.fillRect(0, 0, WIDTH, height);
            pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
            int left = EDGE_PIXELS
                    + labels.stream()
                            .mapToInt(pen.getFontMetrics()::stringWidth)
                            .max()
                            .orElse(0);
            frame(pen, plot, left, height);
            for (int i = 0; i < rows.size(); i++) {
                int y = TOP_PIXELS + ROW_PIXELS * i + ROW_PIXELS / 2;
                pen.setColor(Color.BLACK);
                pen.drawString(labels.get(i), EDGE_PIXELS / 2, y + 4);
                mark(pen, plot, rows.get(i), left, y);
            }
        } finally {
            pen.dispose();
        }
        return image;
    }

    private static void frame(Graphics2D pen, Plot plot, int left, int height) {
        int bottom = height - EDGE_PIXELS;
        for (double tick : plot.axis().ticks()) {
            int x = x(plot, tick, left);
            pen.setColor(Color.LIGHT_GRAY);
            pen.drawLine(x, TOP_PIXELS, x, bottom);
            String words = Quantity.words(tick, plot.unit());
            pen.setColor(Color.BLACK);
            pen.drawString(words, x - pen.getFontMetrics().stringWidth(words) / 2, bottom + 16);
        }
        pen.drawString(plot.title(), EDGE_PIXELS / 2, 20);
        pen.drawString(plot.note(), EDGE_PIXELS / 2, 38);
    }

    private static void mark(Graphics2D pen, Plot plot, Plot.Row row, int left, int y) {
        Interval interval = Objects.requireNonNull(row.interval());
        Palette.Look look = Palette.look(row.mechanism());
        pen.setColor(Color.decode(look.light()));
        pen.setStroke(new BasicStroke(INTERVAL_WIDTH));
        pen.drawLine(x(plot, interval.low(), left), y, x(plot, interval.high(), left), y);
        pen.setStroke(new BasicStroke(1));
        int x = x(plot, interval.median(), left);
        switch (look.shape()) {
            case CIRCLE -> pen.fillOval(x - 5, y - 5, 10, 10);
            case SQUARE -> pen.fillRect(x - 5, y - 5, 10, 10);
            case TRIANGLE -> pen.fillPolygon(new int[] {x, x + 6, x - 6}, new int[] {y - 6, y + 5, y + 5}, 3);
            case DIAMOND -> pen.fillPolygon(new int[] {x, x + 6, x, x - 6}, new int[] {y - 6, y, y + 6, y}, 4);
        }
    }

    private static int x(Plot plot, double value, int left) {
        return (int) Math.round(left + plot.axis().position(value) * (WIDTH - EDGE_PIXELS - left));
    }

    private static String unique(String label, List<String> taken) {
        String unique = label.length() > LONGEST_LABEL ? label.substring(0, LONGEST_LABEL - 1) + "\u2026" : label;
        while (taken.contains(unique)) {
            unique += " ";
        }
        return unique;
    }
}
