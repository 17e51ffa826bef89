package greenlet.lab.article;

/**
 * A sentence of a post, and where it stands. Immutable.
 *
 * @param section the title of its section; {@link #TLDR} for those of the front matter's {@code tldr}; empty before the first title
 * @param sectionNumber of its section, from 1; 0 for the {@code tldr} and before the first title
 * @param position within its section, from 1, paragraphs counted through
 * @param line of the file on which its paragraph begins, from 1
 * @param text without mark-up, its blanks squeezed
 */
public record Sentence(String section, int sectionNumber, int position, int line, String text) {
    /** What stands for a section where a sentence is part of the front matter. */
    public static final String TLDR = "tldr";

    /**
     * Where it stands, in short, fit for an anchor: {@code s3-2} is the second sentence of the third section.
     *
     * @return unique within its post
     */
    public String id() {
        return isTldr() ? TLDR + "-" + position : "s" + sectionNumber + "-" + position;
    }

    /**
     * Whether it stands in the front matter.
     *
     * @return true for a sentence of the {@code tldr}
     */
    public boolean isTldr() {
        return section.equals(TLDR) && sectionNumber == 0;
    }
}
