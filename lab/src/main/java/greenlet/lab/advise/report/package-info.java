/** Advice as text, as JSON and as a page. Nothing in this package is a switch point. */
@NullMarked
package greenlet.lab.advise.report;

import org.jspecify.annotations.NullMarked;
