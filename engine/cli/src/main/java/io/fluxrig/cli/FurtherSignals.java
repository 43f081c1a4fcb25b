package io.fluxrig.cli;

import java.lang.reflect.Proxy;

/**
 * Hears Ctrl-C and SIGTERM while the JVM is shutting down, when it ignores them itself. By reflection, as the only way there is
 * ({@code sun.misc.Signal}) is none that a compiler lets pass without a warning.
 */
final class FurtherSignals {

    private FurtherSignals() {}

    /**
     * Begins to listen.
     *
     * @param heard called for each signal, on a thread of its own
     * @return whether this JVM can; if not, further signals go unheard as before
     */
    static boolean listen(Runnable heard) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling = Proxy.newProxyInstance(
                    FurtherSignals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        heard.run();
                        return null;
                    });
            for (String name : new String[] {"TERM", "INT"}) {
                Object one = signal.getConstructor(String.class).newInstance(name);
                signal.getMethod("handle", signal, handler).invoke(null, one, handling);
            }
            return true;
        } catch (ReflectiveOperationException noSuchJvm) {
            return false;
        }
    }
}
