package greenlet.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the JDK calls in the middle of switches, from any thread, allocates nothing, takes no monitor, and calls nothing of the JDK's that could
 * lock, log or block: read from the compiled classes, over everything that can be reached in the hub from {@code execute}, {@code schedule},
 * and a timer's cancelling and firing, those of timeouts and kills included.
 */
class HotPathTest {
    private static final String JDK = "greenlet/hub/internal/jdk/";

    private static final List<String> ROOTS = List.of(
            JDK + "HubScheduler.execute",
            JDK + "HubScheduler.schedule",
            JDK + "WaitTimer.cancel",
            JDK + "WaitTimer.fire",
            JDK + "Reminder.set",
            JDK + "Reminder.fire",
            "greenlet/hub/Deadline.fire",
            // what a hub that has ended is bound to do when something becomes ready
            JDK + "Afterlife.bringCarrier");

    /** Where the walk ends, and why that may do more. */
    private static final Map<String, String> ONCE_OR_NEVER = Map.of(
            JDK + "HubScheduler.register",
            "a thread's start, where failing and allocating are allowed",
            JDK + "HubScheduler.outsideItsCarrier",
            "makes the report of a bug of ours",
            "greenlet/hub/time/TimerHeap.grow",
            "finds room: it was set aside at the thread's first turn or when its timeout began",
            JDK + "Usher.run",
            "done by the poster only when the hub has ended and nobody is left but abandoned threads",
            JDK + "Attendant.instance",
            "was made when the hub was opened");

    /** What of the JDK may be called: none of it locks, allocates, logs or waits. */
    private static final Set<String> HARMLESS = Set.of(
            "java/lang/Object.<init>",
            "java/lang/Object.getClass",
            "java/lang/Thread.currentThread",
            "java/lang/Math.min",
            "java/lang/Math.max",
            "java/lang/Runnable.run",
            "java/lang/System.nanoTime",
            "java/lang/invoke/VarHandle.compareAndSet",
            "java/lang/invoke/VarHandle.getAndSet",
            "java/lang/invoke/VarHandle.getOpaque",
            "java/lang/invoke/VarHandle.setOpaque",
            "java/lang/invoke/MethodHandle.invokeExact",
            "java/util/concurrent/TimeUnit.toNanos",
            "java/util/concurrent/atomic/AtomicInteger.getAndIncrement",
            "java/util/concurrent/atomic/AtomicInteger.getAndDecrement",
            "java/util/concurrent/locks/LockSupport.unpark",
            "jdk/internal/access/JavaLangAccess.currentCarrierThread");

    private static final Map<String, ClassModel> CLASSES = new HashMap<>();

    @BeforeAll
    static void readClasses() throws Exception {
        Path root = Path.of(
                Hub.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                ClassModel model = ClassFile.of().parse(file);
                CLASSES.put(model.thisClass().asInternalName(), model);
            }
        }
    }

    @Test
    void executeAndTimers_everythingReached_neitherAllocatesNorLocksNorLogs() {
        List<String> findings = new ArrayList<>();
        Set<String> reached = walk(ROOTS, findings);

        assertThat(findings).isEmpty();
        // The walk went where it should: through the remote queue to the poller, and to the afterlife's errand.
        assertThat(reached)
                .contains(
                        "greenlet/hub/schedule/RemoteQueue.push",
                        "greenlet/hub/poll/EpollPoller.wakeUp",
                        JDK + "JdkEpoll.signal",
                        JDK + "Afterlife.bringCarrier",
                        "greenlet/hub/time/TimerHeap.add",
                        JDK + "Usher.add");
    }

    @Test
    void sameCheck_onCodeThatAllocatesAndLocks_findsIt() throws IOException {
        String planted = HotPathTest.class.getName().replace('.', '/') + "$Planted";
        CLASSES.put(planted, ClassFile.of().parse(read("HotPathTest$Planted.class")));
        List<String> findings = new ArrayList<>();

        walk(List.of(planted + ".execute"), findings);
        CLASSES.remove(planted);

        assertThat(findings)
                .anyMatch(found -> found.contains("Planted.locks is synchronized"))
                .anyMatch(found -> found.contains("Planted.execute: MONITORENTER"))
                .anyMatch(found -> found.contains("Planted.execute: INVOKEDYNAMIC"))
                .anyMatch(found -> found.contains("Planted.allocates: NEW"))
                .anyMatch(found -> found.contains("Planted.execute calls java/lang/System$Logger.log"));
    }

    private static byte[] read(String resource) throws IOException {
        try (InputStream stream = Objects.requireNonNull(HotPathTest.class.getResourceAsStream(resource), resource)) {
            return stream.readAllBytes();
        }
    }

    /** All that must not be there. */
    static final class Planted {
        private static final System.Logger LOGGER = System.getLogger("planted");

        private Planted() {}

        static Object execute(int number) {
            synchronized (LOGGER) {
                LOGGER.log(System.Logger.Level.INFO, "number " + number);
            }
            locks();
            return allocates();
        }

        private static synchronized void locks() {}

        private static Object allocates() {
            return new Object();
        }
    }

    /** Reads what can be reached from the roots; a virtual call reaches every override in the hub. */
    private static Set<String> walk(List<String> roots, List<String> findings) {
        Set<String> seen = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            String name = open.pop();
            if (!seen.add(name) || ONCE_OR_NEVER.containsKey(name)) {
                continue;
            }
            List<MethodModel> methods = methods(name);
            if (methods.isEmpty() && roots.contains(name)) {
                findings.add(name + " does not exist");
            }
            methods.forEach(method -> read(name, method, open, findings));
        }
        return seen;
    }

    private static void read(String name, MethodModel method, Deque<String> open, List<String> findings) {
        if (method.flags().has(AccessFlag.SYNCHRONIZED)) {
            findings.add(name + " is synchronized");
        }
        if (method.code().isEmpty()) {
            return;
        }
        for (CodeElement element : method.code().get()) {
            if (element instanceof InvokeInstruction call) {
                follow(name, call, open, findings);
            } else if (element instanceof Instruction instruction && isForbidden(instruction.opcode())) {
                findings.add(name + ": " + instruction.opcode());
            }
        }
    }

    private static boolean isForbidden(Opcode opcode) {
        return switch (opcode) {
            case NEW, NEWARRAY, ANEWARRAY, MULTIANEWARRAY, INVOKEDYNAMIC, MONITORENTER -> true;
            default -> false;
        };
    }

    private static void follow(String from, InvokeInstruction call, Deque<String> open, List<String> findings) {
        String owner = call.owner().asInternalName();
        String method = call.name().stringValue();
        if (!owner.startsWith("greenlet/")) {
            if (!HARMLESS.contains(owner + "." + method) && !isUnsafeAccess(owner, method)) {
                findings.add(from + " calls " + owner + "." + method);
            }
            return;
        }
        boolean ours = false;
        for (String type : CLASSES.keySet()) {
            // A constructor, a static or private method and super.x() are what they are; any other may be overridden.
            boolean exact = call.opcode() == Opcode.INVOKESTATIC || call.opcode() == Opcode.INVOKESPECIAL;
            if (exact ? type.equals(owner) : isSubtype(type, owner)) {
                String target = type + "." + method;
                ours |= !methods(target).isEmpty();
                open.push(target);
            }
        }
        for (String type = superclass(owner); !ours && type != null; type = superclass(type)) {
            open.push(type + "." + method);
            ours = !methods(type + "." + method).isEmpty();
        }
        if (!ours) { // inherited from a class of the JDK's
            findings.add(from + " calls " + owner + "." + method);
        }
    }

    /** Plain, opaque and volatile accesses, and unpark. */
    private static boolean isUnsafeAccess(String owner, String method) {
        return owner.equals("jdk/internal/misc/Unsafe")
                && (method.startsWith("get") || method.startsWith("put") || method.equals("unpark"));
    }

    private static List<MethodModel> methods(String name) {
        int dot = name.lastIndexOf('.');
        ClassModel type = CLASSES.get(name.substring(0, dot));
        return type == null
                ? List.of()
                : type.methods().stream()
                        .filter(method -> method.methodName().stringValue().equals(name.substring(dot + 1)))
                        .toList();
    }

    private static boolean isSubtype(String type, String ancestor) {
        if (type.equals(ancestor)) {
            return true;
        }
        ClassModel model = CLASSES.get(type);
        if (model == null) {
            return false;
        }
        return model.interfaces().stream().anyMatch(entry -> isSubtype(entry.asInternalName(), ancestor))
                || model.superclass()
                        .map(entry -> isSubtype(entry.asInternalName(), ancestor))
                        .orElse(false);
    }

    private static @Nullable String superclass(String type) {
        ClassModel model = CLASSES.get(type);
        return model == null
                ? null
                : model.superclass().map(entry -> entry.asInternalName()).orElse(null);
    }
}
