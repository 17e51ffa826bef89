/**
 * One JVM that runs the work to be advised on, and the link to it.
 *
 * <p>The work is somebody else's and may do anything: throw, hang, print, exit. So it runs here and never in the command's own JVM; orders and
 * answers go over a socket of their own, and whatever becomes of the worker, its {@link greenlet.lab.advise.worker.WorkerLink} gives an answer.
 */
@NullMarked
package greenlet.lab.advise.worker;

import org.jspecify.annotations.NullMarked;
