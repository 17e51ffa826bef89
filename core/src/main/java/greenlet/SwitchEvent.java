package greenlet;

/** A transfer of control between two greenlets, or from one to itself. Immutable. */
public sealed interface SwitchEvent {
    /**
     * Returns the greenlet that control came from; it may have died of that.
     *
     * @return the origin
     */
    Greenlet origin();

    /**
     * Returns the greenlet that has control now.
     *
     * @return the target
     */
    Greenlet target();

    /**
     * A value is delivered: by a switch, by a return, or by a death from {@link GreenletExit}.
     *
     * @param origin the greenlet that control came from
     * @param target the greenlet that has control now
     */
    record Switch(Greenlet origin, Greenlet target) implements SwitchEvent {}

    /**
     * An exception is delivered: thrown into the target, or the death of a child.
     *
     * @param origin the greenlet that control came from
     * @param target the greenlet that has control now
     */
    record Throw(Greenlet origin, Greenlet target) implements SwitchEvent {}
}
