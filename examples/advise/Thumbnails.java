import java.awt.GradientPaint;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;

/** A thumbnail of an uploaded photo: decoded, scaled, encoded. */
public class Thumbnails implements Callable<byte[]> {
    private static final int SIDE = 160;

    private final byte[] photo;

    public Thumbnails() throws IOException {
        ImageIO.setUseCache(false); // in memory, not in temporary files
        BufferedImage image = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setPaint(new GradientPaint(0, 0, Color.BLUE, 640, 480, Color.ORANGE));
        pen.fillRect(0, 0, 640, 480);
        for (int i = 0; i < 200; i++) {
            pen.setColor(new Color(i * 7919 & 0xffffff));
            pen.fillOval(i * 37 % 640, i * 53 % 480, 10 + i % 40, 10 + i % 30);
        }
        pen.dispose();
        photo = encoded(image);
    }

    @Override
    public byte[] call() throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(photo));
        int height = SIDE * image.getHeight() / image.getWidth();
        BufferedImage small = new BufferedImage(SIDE, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = small.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        pen.drawImage(image, 0, 0, SIDE, height, null);
        pen.dispose();
        return encoded(small);
    }

    private static byte[] encoded(BufferedImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", out);
        return out.toByteArray();
    }
}
