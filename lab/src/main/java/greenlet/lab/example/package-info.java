/**
 * The programs of {@code greenlet example}: one class each, and one line in {@link greenlet.lab.example.Examples}. Their sources are in the
 * jar, so that what is printed is what runs.
 */
@org.jspecify.annotations.NullMarked
package greenlet.lab.example;
