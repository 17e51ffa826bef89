/**
 * {@code report.html}: one file, no script, nothing from the network, plots inline.
 *
 * <p>Whatever comes from a post or a report is escaped here, at the point where it becomes HTML. Nothing in this package is a switch point.
 */
@NullMarked
package greenlet.lab.report.html;

import org.jspecify.annotations.NullMarked;
