/** Small programs, one idea each; {@code docs/examples.md} shows them. */
@org.jspecify.annotations.NullMarked
package greenlet.examples;
