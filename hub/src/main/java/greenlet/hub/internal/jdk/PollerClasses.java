package greenlet.hub.internal.jdk;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.IntConsumer;

/**
 * Writes the two classes that must stand in {@code sun.nio.ch}, because what they override is package-private there. They hold no
 * logic: they ask our side first and otherwise do what the JDK does.
 *
 * <pre>
 * class GreenletPoller extends EPollPoller implements IntConsumer {
 *     private final IntBinaryOperator gate;
 *     GreenletPoller(boolean sub, boolean read, Function gates) { super(sub, read); gate = (IntBinaryOperator) gates.apply(this); }
 *     void implRegister(int fd) { if (gate.applyAsInt(fd, REGISTER) == 0) super.implRegister(fd); }
 *     void implDeregister(int fd, boolean polled) { if (gate.applyAsInt(fd, DEREGISTER) == 0) super.implDeregister(fd, polled); }
 *     public void accept(int fd) { polled(fd); }
 * }
 *
 * class GreenletPollerProvider extends DefaultPollerProvider {
 *     private final Function read, write;
 *     public GreenletPollerProvider(Function read, Function write) { this.read = read; this.write = write; }
 *     Poller readPoller(boolean sub) { return new GreenletPoller(sub, true, read); }
 *     Poller writePoller(boolean sub) { return new GreenletPoller(sub, false, write); }
 * }
 * </pre>
 *
 * <p>Why generated and not compiled: see ADR 0220.
 */
final class PollerClasses {
    /** The second argument of the gate when a thread is about to wait; non-zero from the gate means that our side watches. */
    static final int REGISTER = 0;

    /** The second argument of the gate when a thread has waited; non-zero from the gate means that our side watched. */
    static final int DEREGISTER = 1;

    static final String PACKAGE = "sun.nio.ch";

    private static final ClassDesc POLLER = ClassDesc.of(PACKAGE, "Poller");
    private static final ClassDesc EPOLL_POLLER = ClassDesc.of(PACKAGE, "EPollPoller");
    private static final ClassDesc DEFAULT_PROVIDER = ClassDesc.of(PACKAGE, "DefaultPollerProvider");
    private static final ClassDesc OUR_POLLER = ClassDesc.of(PACKAGE, "GreenletPoller");
    private static final ClassDesc OUR_PROVIDER = ClassDesc.of(PACKAGE, "GreenletPollerProvider");
    private static final ClassDesc GATE =
            IntBinaryOperator.class.describeConstable().orElseThrow();
    private static final ClassDesc GATES = Function.class.describeConstable().orElseThrow();
    private static final ClassDesc WAITER =
            IntConsumer.class.describeConstable().orElseThrow();
    private static final MethodTypeDesc POLLER_INIT = MethodTypeDesc.of(CD_void, CD_boolean, CD_boolean, GATES);
    private static final MethodTypeDesc FD = MethodTypeDesc.of(CD_void, CD_int);
    private static final MethodTypeDesc FD_POLLED = MethodTypeDesc.of(CD_void, CD_int, CD_boolean);

    private PollerClasses() {}

    static byte[] poller() {
        return ClassFile.of().build(OUR_POLLER, type -> {
            type.withSuperclass(EPOLL_POLLER).withInterfaceSymbols(WAITER).withFlags(ClassFile.ACC_FINAL);
            type.withField("gate", GATE, ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL);
            method(type, INIT_NAME, POLLER_INIT, 0, PollerClasses::pollerInit);
            method(type, "implRegister", FD, 0, code -> ask(code, REGISTER, "implRegister", FD));
            method(type, "implDeregister", FD_POLLED, 0, code -> ask(code, DEREGISTER, "implDeregister", FD_POLLED));
            method(
                    type,
                    "accept",
                    FD,
                    ClassFile.ACC_PUBLIC,
                    code -> code.aload(0)
                            .iload(1)
                            .invokevirtual(OUR_POLLER, "polled", FD)
                            .return_());
        });
    }

    static byte[] provider() {
        MethodTypeDesc init = MethodTypeDesc.of(CD_void, GATES, GATES);
        return ClassFile.of().build(OUR_PROVIDER, type -> {
            type.withSuperclass(DEFAULT_PROVIDER).withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL);
            type.withField("read", GATES, ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL);
            type.withField("write", GATES, ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL);
            method(
                    type,
                    INIT_NAME,
                    init,
                    ClassFile.ACC_PUBLIC,
                    code -> code.aload(0)
                            .invokespecial(DEFAULT_PROVIDER, INIT_NAME, MethodTypeDesc.of(CD_void))
                            .aload(0)
                            .aload(1)
                            .putfield(OUR_PROVIDER, "read", GATES)
                            .aload(0)
                            .aload(2)
                            .putfield(OUR_PROVIDER, "write", GATES)
                            .return_());
            method(type, "readPoller", MethodTypeDesc.of(POLLER, CD_boolean), 0, code -> make(code, 1, "read"));
            method(type, "writePoller", MethodTypeDesc.of(POLLER, CD_boolean), 0, code -> make(code, 0, "write"));
        });
    }

    private static void pollerInit(CodeBuilder code) {
        code.aload(0)
                .iload(1)
                .iload(2)
                .invokespecial(EPOLL_POLLER, INIT_NAME, MethodTypeDesc.of(CD_void, CD_boolean, CD_boolean))
                .aload(0)
                .aload(3)
                .aload(0)
                .invokeinterface(GATES, "apply", MethodTypeDesc.of(CD_Object, CD_Object))
                .checkcast(GATE)
                .putfield(OUR_POLLER, "gate", GATE)
                .return_();
    }

    /** Asks the gate with (fd, operation); if it answers zero, passes all parameters on to the JDK's method. */
    private static void ask(CodeBuilder code, int operation, String name, MethodTypeDesc type) {
        code.aload(0)
                .getfield(OUR_POLLER, "gate", GATE)
                .iload(1)
                .loadConstant(operation)
                .invokeinterface(GATE, "applyAsInt", MethodTypeDesc.of(CD_int, CD_int, CD_int))
                .ifThen(java.lang.classfile.Opcode.IFEQ, refused -> {
                    refused.aload(0);
                    for (int parameter = 1; parameter <= type.parameterCount(); parameter++) {
                        refused.iload(parameter); // int and boolean alike
                    }
                    refused.invokespecial(EPOLL_POLLER, name, type);
                })
                .return_();
    }

    private static void make(CodeBuilder code, int read, String gates) {
        code.new_(OUR_POLLER)
                .dup()
                .iload(1)
                .loadConstant(read)
                .aload(0)
                .getfield(OUR_PROVIDER, gates, GATES)
                .invokespecial(OUR_POLLER, INIT_NAME, POLLER_INIT)
                .areturn();
    }

    private static void method(
            ClassBuilder type, String name, MethodTypeDesc descriptor, int flags, Consumer<CodeBuilder> body) {
        type.withMethodBody(name, descriptor, flags, body);
    }
}
