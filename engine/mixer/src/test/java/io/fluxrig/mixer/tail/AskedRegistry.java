package io.fluxrig.mixer.tail;

import io.fluxrig.mixer.registry.Registry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A registry that is late, or fails, as a test has it. */
final class AskedRegistry {
    private AskedRegistry() {}

    /** @param ahead done ahead of each question; what it throws, the registry does */
    static Registry of(Registry kept, Runnable ahead) {
        return (Registry) Proxy.newProxyInstance(
                AskedRegistry.class.getClassLoader(), new Class<?>[] {Registry.class}, (proxy, method, given) -> {
                    ahead.run();
                    try {
                        return method.invoke(kept, given);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }
}
