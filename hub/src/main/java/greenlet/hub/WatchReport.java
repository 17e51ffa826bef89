package greenlet.hub;

import java.time.Duration;
import java.util.List;

/** That a hub does not go on, and why. Immutable. */
public sealed interface WatchReport {
    /**
     * The name of the hub.
     *
     * @return the name
     */
    String hub();

    /**
     * All of it, for people. Not a switch point.
     *
     * @return lines
     */
    String describe();

    /**
     * A green thread has kept its turn for longer than the limit, and still has it: nobody else on the hub runs.
     *
     * @param hub the name of the hub
     * @param greenThread the name of the green thread
     * @param id the id of its thread
     * @param how how it keeps the turn
     * @param held for how long it has had the turn at least
     * @param stack where it is, innermost frame first
     */
    record Blocked(String hub, String greenThread, long id, How how, Duration held, List<StackTraceElement> stack)
            implements WatchReport {
        /** How a green thread keeps its turn. */
        public enum How {
            /** It computes. */
            RUNNING("it computes"),
            /** It waits and cannot leave its carrier. */
            PINNED("it waits and cannot leave its carrier, because a native frame or a class initialiser is on its"
                    + " stack"),
            /** It is in a system call or other native code. */
            SYSTEM_CALL("it is in a system call or other native code");

            private final String words;

            How(String words) {
                this.words = words;
            }
        }

        /** Copies the list. */
        public Blocked {
            stack = List.copyOf(stack);
        }

        @Override
        public String describe() {
            StringBuilder out = new StringBuilder();
            out.append("Green thread '")
                    .append(greenThread)
                    .append("' #")
                    .append(id)
                    .append(" has kept hub '");
            out.append(hub)
                    .append("' for ")
                    .append(DumpText.seconds(held))
                    .append(": ")
                    .append(how.words);
            out.append(". Call GreenThread.yieldTurn() in long computations, and Hubs.offload for calls that block.\n");
            DumpText.frames(out, "    at ", stack);
            return out.toString();
        }
    }

    /**
     * Green threads of a hub wait for each other in a circle: for locks and monitors that the next one holds, or for its end. This is
     * certain: nothing but an interrupt or a kill ever wakes them.
     *
     * @param hub the name of the hub
     * @param circle each waits for the one that follows, and the last for the first
     * @param behind others that wait for one of these, be it through each other
     * @param others how many other green threads the hub has: if none, nothing can ever wake the hub
     */
    record Deadlock(String hub, List<GreenThreadDump> circle, List<GreenThreadDump> behind, int others)
            implements WatchReport {
        /** Copies the lists. */
        public Deadlock {
            circle = List.copyOf(circle);
            behind = List.copyOf(behind);
        }

        @Override
        public String describe() {
            StringBuilder out = new StringBuilder();
            out.append(others == 0 ? "Nothing can ever wake hub '" + hub + "': " : "Deadlock on hub '" + hub + "': ");
            out.append(circle.size()).append(" green threads wait for each other");
            out.append(behind.isEmpty() ? "" : ", and " + behind.size() + " more for them");
            out.append(". Kill one of them to let the others go on.\n");
            circle.forEach(thread -> DumpText.append(out, thread));
            behind.forEach(
                    thread -> out.append('\n').append(DumpText.head(thread)).append('\n'));
            return out.toString();
        }
    }

    /**
     * A hub has been idle for longer than the limit although green threads live, and nothing is pending: no timed wait, no wait for
     * input, no call. Only a thread outside the hub can wake it; whether one will is not known.
     *
     * @param hub the name of the hub
     * @param idle for how long at least
     * @param greenThreads all that live
     */
    record NothingPending(String hub, Duration idle, List<GreenThreadDump> greenThreads) implements WatchReport {
        /** Copies the list. */
        public NothingPending {
            greenThreads = List.copyOf(greenThreads);
        }

        @Override
        public String describe() {
            StringBuilder out = new StringBuilder();
            out.append("Hub '").append(hub).append("' has been idle for ").append(DumpText.seconds(idle));
            out.append(" with nothing pending: only a thread outside the hub can wake one of its ");
            out.append(greenThreads.size()).append(" green threads.\n");
            greenThreads.forEach(thread -> DumpText.append(out, thread));
            return out.toString();
        }
    }
}
