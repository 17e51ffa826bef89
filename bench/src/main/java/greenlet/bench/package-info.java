/** One JMH class per question in {@code docs/performance.md}. */
@org.jspecify.annotations.NullMarked
package greenlet.bench;
