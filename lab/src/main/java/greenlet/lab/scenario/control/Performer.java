package greenlet.lab.scenario.control;

/** A way to run the program. */
@FunctionalInterface
interface Performer {
    /** Runs it once, in the order asked for as far as the mechanism has means to; gives the trace. */
    byte[] perform(Order order) throws Exception;
}
