/** What was measured: the records of a report, their statistics, and the file that they are kept in. */
@org.jspecify.annotations.NullMarked
package greenlet.lab.measure;
