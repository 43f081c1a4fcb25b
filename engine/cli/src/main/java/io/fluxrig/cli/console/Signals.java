package io.fluxrig.cli.console;

import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Hears signals that the JVM would deal with itself, or that come while it is shutting down. By reflection, as the only way there
 * is ({@code sun.misc.Signal}) is none that a compiler lets pass without a warning.
 */
public final class Signals {
    /** What ends a process politely. */
    public static final List<String> END = List.of("TERM", "INT");
    /** What asks a service to read its files again. */
    public static final List<String> RELOAD = List.of("HUP");

    private Signals() {}

    /**
     * Begins to listen.
     *
     * @param names without {@code SIG}
     * @param heard called for each signal, on a thread of its own
     * @return whether this JVM can; if not, what it does by itself stays
     */
    public static boolean listen(List<String> names, Runnable heard) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        heard.run();
                        return null;
                    });
            for (String name : names) {
                Object one = signal.getConstructor(String.class).newInstance(name);
                signal.getMethod("handle", signal, handler).invoke(null, one, handling);
            }
            return true;
        } catch (ReflectiveOperationException noSuchJvm) {
            return false;
        }
    }
}
