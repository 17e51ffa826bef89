package greenlet.hub.internal.jdk;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Lets the threads that one green thread makes be no daemons, as if it were a platform thread: {@code -javaagent:greenlet-hub.jar}.
 *
 * <p>A platform thread takes "daemon" from its maker, and virtual threads are daemons. The constructor of {@link Thread} asks {@code
 * parent.isDaemon()}; this answers no in its place if the parent has a certain id, a constant in the changed code. Nothing else of the class is changed, and
 * threads made by others are what they always are.
 *
 * <p>Safe for use from any thread.
 */
public final class MakerAgent {
    private static final String CHANGED = "java/lang/Thread";
    private static final String ASKS = "isDaemon";
    private static final ClassDesc THREAD = ClassDesc.of("java.lang.Thread");
    private static final MethodTypeDesc ID = MethodTypeDesc.of(ConstantDescs.CD_long);

    /** Written once, before the program's main class is loaded. */
    private static volatile @Nullable Instrumentation instrumentation;

    private MakerAgent() {}

    /**
     * Called by the JVM before the main method.
     *
     * @param arguments none are understood
     * @param given what changes classes
     */
    public static void premain(@Nullable String arguments, Instrumentation given) {
        instrumentation = given;
    }

    /**
     * From now on platform threads that the caller makes are no daemons unless the program says so. Does nothing in a JVM that was started without the
     * agent.
     *
     * @return whether it is so
     * @throws IllegalStateException if this JDK's {@link Thread} is not made as JDK 25's is
     */
    public static boolean treatCallerAsNoDaemon() {
        Instrumentation tool = instrumentation;
        if (tool == null) {
            return false;
        }
        Answering change = new Answering(Thread.currentThread().threadId());
        tool.addTransformer(change, true);
        try {
            tool.retransformClasses(Thread.class);
        } catch (UnmodifiableClassException | LinkageError e) {
            throw new IllegalStateException(refusal(e.toString()), e);
        } finally {
            tool.removeTransformer(change);
        }
        if (change.changes != 1) {
            throw new IllegalStateException(refusal(change.changes + " places ask for it"));
        }
        return true;
    }

    private static String refusal(String why) {
        return "Cannot have main's threads be no daemons in this JDK (" + Runtime.version() + "): " + why
                + ". Start it without -javaagent:greenlet-hub.jar, or on JDK 25.";
    }

    /** Changes the one question in the constructors. */
    private static final class Answering implements ClassFileTransformer, CodeTransform {
        private final long makerId;
        private int changes;

        Answering(long makerId) {
            this.makerId = makerId;
        }

        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                String name,
                @Nullable Class<?> type,
                @Nullable ProtectionDomain domain,
                byte[] bytes) {
            if (loader != null || !CHANGED.equals(name)) {
                return null;
            }
            ClassFile format = ClassFile.of();
            ClassModel parsed = format.parse(bytes);
            return format.transformClass(
                    parsed,
                    ClassTransform.transformingMethodBodies(
                            method -> method.methodName().equalsString(ConstantDescs.INIT_NAME), this));
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            if (element instanceof InvokeInstruction call && call.name().equalsString(ASKS)) {
                changes++;
                Label others = code.newLabel();
                Label answered = code.newLabel();
                code.dup()
                        .invokevirtual(THREAD, "threadId", ID)
                        .loadConstant(makerId)
                        .lcmp()
                        .ifne(others)
                        .pop()
                        .iconst_0()
                        .goto_(answered)
                        .labelBinding(others)
                        .with(element)
                        .labelBinding(answered);
            } else {
                code.with(element);
            }
        }
    }
}
