/** What crosses threads in core, tried by jcstress in every compilation mode. {@code .ci/stress} runs it. */
@org.jspecify.annotations.NullMarked
package greenlet.stress;
