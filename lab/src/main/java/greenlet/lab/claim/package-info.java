/**
 * The catalogue of claims, what would settle each, and the verdicts that a report's figures give.
 *
 * <p>The catalogue ({@link greenlet.lab.claim.Claims}) is the one source of {@code docs/claims.md}: patterns, runs, rules and margins stand
 * there before anything is measured. {@link greenlet.lab.claim.Judge} compares an interval with a margin and nothing else; names of scenarios
 * and metrics occur in {@link greenlet.lab.claim.Figures} only. Nothing in this package is a switch point.
 */
@NullMarked
package greenlet.lab.claim;

import org.jspecify.annotations.NullMarked;
