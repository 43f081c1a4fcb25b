package io.fluxrig.transport.snake.nats;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.helpers.MessageFormatter;

/** A logger that keeps what it is told: {@code WARN tickets: ...}. One thread. */
public final class SaidLines {
    public final List<String> said = new ArrayList<>();
    public final Logger log = (Logger) Proxy.newProxyInstance(
            Logger.class.getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, args) -> {
                if (method.getReturnType() == void.class && args[0] instanceof String text) {
                    said.add(method.getName().toUpperCase(java.util.Locale.ROOT) + " " + filled(text, args));
                }
                return method.getReturnType() == boolean.class ? Boolean.TRUE : null;
            });

    private static String filled(String text, Object[] args) {
        boolean all = args.length == 2 && args[1] instanceof Object[];
        Object[] values = all ? (Object[]) args[1] : Arrays.copyOfRange(args, 1, args.length);
        return MessageFormatter.arrayFormat(text, values).getMessage();
    }
}
