/** Finds, compiles and loads the class that advice is asked on. */
@NullMarked
package greenlet.lab.advise.task;

import org.jspecify.annotations.NullMarked;
