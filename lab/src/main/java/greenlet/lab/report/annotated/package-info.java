/** The one door to the annotated reports: page, Markdown and pictures, written beside {@code report.json}. */
@NullMarked
package greenlet.lab.report.annotated;

import org.jspecify.annotations.NullMarked;
