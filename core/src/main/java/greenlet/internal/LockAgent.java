package greenlet.internal;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets strict mode see owned locks: {@code -javaagent:greenlet-core.jar}. {@code AbstractOwnableSynchronizer} then reports
 * each change of owner to {@link OwnedLocks}. The JDK's class cannot name ours, so a class is defined in its package that
 * both can reach. Only one method is changed, and only in a JVM that was started with the agent.
 */
public final class LockAgent {
    private static final String PLACE = "java.util.concurrent.locks";
    private static final String CHANGED = "java/util/concurrent/locks/AbstractOwnableSynchronizer";
    private static final String METHOD = "setExclusiveOwnerThread";

    private static final ClassDesc BRIDGE = ClassDesc.of(PLACE, "GreenletLockOwners");
    private static final ClassDesc RECORDER = ClassDesc.of("java.util.function.BiConsumer");
    private static final MethodTypeDesc RECORD =
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object, ConstantDescs.CD_Object);

    private LockAgent() {}

    /**
     * Called by the JVM before the program's main method.
     *
     * @param arguments none are understood
     * @param instrumentation what changes the class
     * @throws Exception if this JDK's class is not what JDK 25's is: the JVM then says so and does not start
     */
    public static void premain(@Nullable String arguments, Instrumentation instrumentation) throws Exception {
        Module base = Object.class.getModule();
        instrumentation.redefineModule(
                base, Set.of(), Map.of(), Map.of(PLACE, Set.of(LockAgent.class.getModule())), Set.of(), Map.of());
        MethodHandles.Lookup lookup =
                MethodHandles.privateLookupIn(AbstractOwnableSynchronizer.class, MethodHandles.lookup());
        Class<?> bridge = lookup.defineClass(bridge());
        OwnedLocks recorder = OwnedLocks.start();
        lookup.findStaticVarHandle(bridge, "recorder", BiConsumer.class).set(recorder);
        instrumentation.addTransformer(new Reporting(), true);
        instrumentation.retransformClasses(AbstractOwnableSynchronizer.class);
    }

    /** {@code static BiConsumer recorder; static void record(Object lock, Object owner) { recorder.accept(lock, owner); }}. */
    private static byte[] bridge() {
        return ClassFile.of()
                .build(
                        BRIDGE,
                        type -> type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC)
                                .withField("recorder", RECORDER, ClassFile.ACC_STATIC)
                                .withMethodBody(
                                        "record",
                                        RECORD,
                                        ClassFile.ACC_STATIC,
                                        code -> code.getstatic(BRIDGE, "recorder", RECORDER)
                                                .aload(0)
                                                .aload(1)
                                                .invokeinterface(RECORDER, "accept", RECORD)
                                                .return_()));
    }

    /** Puts a call of the bridge in front of the one method. */
    private static final class Reporting implements ClassFileTransformer {
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
            return format.transformClass(
                    format.parse(bytes),
                    ClassTransform.transformingMethodBodies(
                            method -> method.methodName().equalsString(METHOD), new Call()));
        }
    }

    private static final class Call implements CodeTransform {
        @Override
        public void atStart(CodeBuilder code) {
            code.aload(0).aload(1).invokestatic(BRIDGE, "record", RECORD);
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            code.with(element);
        }
    }
}
