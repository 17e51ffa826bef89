package greenlet.promise;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Runs each test of a class on a platform thread of its own, from its constructor on: what other tests have dropped is then unwound
 * on another thread, and not in the midst of what this one counts.
 */
final class OwnThread implements InvocationInterceptor, AfterEachCallback {
    private @Nullable ExecutorService thread;

    @Override
    public <T> T interceptTestClassConstructor(
            Invocation<T> invocation, ReflectiveInvocationContext<Constructor<T>> what, ExtensionContext context)
            throws Throwable {
        thread = Executors.newSingleThreadExecutor();
        return there(invocation);
    }

    @Override
    public void interceptBeforeEachMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> what, ExtensionContext context)
            throws Throwable {
        there(invocation);
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> what, ExtensionContext context)
            throws Throwable {
        there(invocation);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<@Nullable Void> invocation, ReflectiveInvocationContext<Method> what, ExtensionContext context)
            throws Throwable {
        there(invocation);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (thread != null) {
            thread.close();
        }
    }

    private <T extends @Nullable Object> T there(Invocation<T> invocation) throws Throwable {
        if (thread == null) {
            return invocation.proceed();
        }
        Future<T> done = thread.submit(() -> {
            try {
                return invocation.proceed();
            } catch (Throwable failure) {
                throw new ExecutionException(failure);
            }
        });
        try {
            return done.get();
        } catch (ExecutionException wrapped) {
            Throwable failure = wrapped.getCause();
            throw failure instanceof ExecutionException inner && inner.getCause() != null ? inner.getCause() : failure;
        }
    }
}
