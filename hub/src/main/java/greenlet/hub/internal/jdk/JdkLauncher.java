package greenlet.hub.internal.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import jdk.internal.misc.MethodFinder;

/**
 * Loads and calls a program's {@code main} as the {@code java} command does, through the command's own helper: the same rules for the class and
 * the jar, the same attributes of the jar's manifest, the same messages and the same exit status if there is nothing to run.
 */
public final class JdkLauncher {
    /** The helper's number for a class. */
    private static final int CLASS = 1;

    /** The helper's number for a jar. */
    private static final int JAR = 2;

    private JdkLauncher() {}

    /**
     * Loads the class that holds {@code main}. If there is none, says so on the standard error stream and ends the JVM with 1.
     *
     * @param isJar whether the target is a jar, which must be on the class path, too
     * @param target the jar's path or the class's name
     * @return the class, not initialised
     * @throws ReflectiveOperationException if this JDK's command works otherwise
     */
    public static Class<?> load(boolean isJar, String target) throws ReflectiveOperationException {
        JdkGate.open();
        Class<?> helper = Class.forName("sun.launcher.LauncherHelper");
        MethodHandle load = MethodHandles.privateLookupIn(helper, MethodHandles.lookup())
                .findStatic(
                        helper,
                        "checkAndLoadMain",
                        MethodType.methodType(Class.class, boolean.class, int.class, String.class));
        try {
            return (Class<?>) load.invokeExact(true, isJar ? JAR : CLASS, target);
        } catch (Error | RuntimeException | ReflectiveOperationException e) {
            throw e;
        } catch (Throwable t) {
            throw new AssertionError("LauncherHelper.checkAndLoadMain declares no checked exception", t);
        }
    }

    /**
     * Calls its {@code main}, static or not, with arguments or without (JEP 512).
     *
     * @param type the class, checked by {@link #load}
     * @param arguments the program's
     * @throws Throwable what {@code main} threw, the identical object
     */
    public static void invoke(Class<?> type, String[] arguments) throws Throwable {
        Method main = MethodFinder.findMainMethod(type);
        main.setAccessible(true);
        Object[] parameters = main.getParameterCount() == 0 ? new Object[0] : new Object[] {arguments};
        try {
            Object receiver = null;
            if (!Modifier.isStatic(main.getModifiers())) {
                Constructor<?> constructor = type.getDeclaredConstructor();
                constructor.setAccessible(true);
                receiver = constructor.newInstance();
            }
            main.invoke(receiver, parameters);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
