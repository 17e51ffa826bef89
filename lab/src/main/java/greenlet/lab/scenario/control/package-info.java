/** The scenario {@code control}: one program in orders that the program chooses, and how exactly each mechanism keeps to them. */
@org.jspecify.annotations.NullMarked
package greenlet.lab.scenario.control;
