/** What {@code advise --example} measures: tasks such as users write, each a {@link greenlet.lab.advise.Workload}. */
@NullMarked
package greenlet.lab.advise.example;

import org.jspecify.annotations.NullMarked;
