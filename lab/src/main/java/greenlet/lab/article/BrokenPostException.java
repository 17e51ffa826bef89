package greenlet.lab.article;

/**
 * A post that cannot be used. The message names the file, the line where there is one, the reason and the remedy, in the form
 * {@code post.md:3: reason. Remedy.}
 *
 * <p>Immutable.
 */
public final class BrokenPostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenPostException(String post, int line, String reason, String remedy) {
        super("Cannot read the post " + post + ":" + line + ": " + reason + " " + remedy);
    }

    BrokenPostException(String post, String reason, String remedy) {
        super("Cannot read the post " + post + ": " + reason + " " + remedy);
    }
}
