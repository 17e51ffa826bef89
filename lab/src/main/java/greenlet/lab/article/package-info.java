/**
 * A post as the lab reads it: YAML front matter, a Markdown body, sections, and sentences with their positions.
 *
 * <p>Reading refuses what it cannot use with file, line, reason and remedy ({@link greenlet.lab.article.BrokenPostException}), so that a
 * command can stop before it measures anything. What a sentence <em>means</em> is the business of
 * {@code greenlet.lab.claim}. Nothing in this package is a switch point.
 */
@NullMarked
package greenlet.lab.article;

import org.jspecify.annotations.NullMarked;
