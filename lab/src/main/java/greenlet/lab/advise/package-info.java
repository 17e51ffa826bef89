/**
 * {@code greenlet advise}: measures one kind of work under each mechanism and says which to take.
 *
 * <p>One direction: {@link greenlet.lab.advise.Advising} starts workers and collects {@link greenlet.lab.advise.Findings};
 * {@link greenlet.lab.advise.Adviser} turns these into an {@link greenlet.lab.advise.Advice}, with no figure known beforehand; the reports
 * only show it. Nothing in this package is a switch point.
 */
@NullMarked
package greenlet.lab.advise;

import org.jspecify.annotations.NullMarked;
