/**
 * How many times dearer than its floor: forks of the floor and of the contenders in turn, so that a machine that slows
 * down slows both, and the median of the rounds' ratios.
 */
@org.jspecify.annotations.NullMarked
package greenlet.bench.ratio;
