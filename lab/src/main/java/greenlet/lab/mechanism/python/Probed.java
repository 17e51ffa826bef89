package greenlet.lab.mechanism.python;

/**
 * What came of asking an interpreter.
 *
 * <p>Immutable.
 */
sealed interface Probed {
    /**
     * It can run the columns.
     *
     * @param python the interpreter
     */
    record Usable(Python python) implements Probed {}

    /**
     * It cannot.
     *
     * @param problem what is wrong with it, to be read after its path: {@code lacks greenlet and gevent}
     */
    record Unusable(String problem) implements Probed {}
}
