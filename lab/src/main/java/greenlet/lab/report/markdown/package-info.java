/**
 * {@code report.md}: the annotated post as Markdown, fit to be published as the post was.
 *
 * <p>Raw HTML of a post comes out as code. Nothing in this package is a switch point.
 */
@NullMarked
package greenlet.lab.report.markdown;

import org.jspecify.annotations.NullMarked;
