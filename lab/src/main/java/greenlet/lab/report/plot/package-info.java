/**
 * Plots of a report as data: rows with intervals, a logarithmic axis with units, the same for the page and for PNG.
 *
 * <p>Nothing in this package is a switch point.
 */
@NullMarked
package greenlet.lab.report.plot;

import org.jspecify.annotations.NullMarked;
