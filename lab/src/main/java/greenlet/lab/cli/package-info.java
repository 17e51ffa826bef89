/** The {@code greenlet} command: options, output folder, progress, exit codes. */
@org.jspecify.annotations.NullMarked
package greenlet.lab.cli;
