package io.fluxrig.engine.fault;

import java.util.List;
import java.util.Locale;

/** Says why a socket could not be had in the operating system's words, without those of the library that was told. */
public final class SocketReason {
    private static final String IN_USE = "address already in use";
    private static final String NOT_OURS = "cannot assign requested address";
    private static final String NOT_ALLOWED = "permission denied";

    /** As {@code strerror} has them, in lower case; the first that a message holds is the reason. */
    private static final List<String> KNOWN = List.of(
            IN_USE,
            NOT_OURS,
            NOT_ALLOWED,
            "connection refused",
            "connection timed out",
            "connection reset",
            "broken pipe",
            "no route to host",
            "network is unreachable",
            "host is down",
            "too many open files");

    private SocketReason() {}

    /** {@code connection refused}; what the failure says itself if it is none of those known. */
    public static String of(Throwable failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        String lower = message.toLowerCase(Locale.ROOT);
        return KNOWN.stream().filter(lower::contains).findFirst().orElse(message);
    }

    /**
     * What to do about an address that cannot be listened on.
     *
     * @param key what names the address, such as {@code bind}
     */
    public static String listenFix(Throwable failure, String key) {
        return switch (of(failure)) {
            case IN_USE ->
                "another process, perhaps another rack, listens there: stop it, or set " + key + " to another port";
            case NOT_OURS ->
                "this machine has no such address: set " + key + " to one of its own, or name the port alone"
                        + " for all of them";
            case NOT_ALLOWED ->
                "this user may not listen there: ports below 1024 need CAP_NET_BIND_SERVICE; set " + key
                        + " to a higher port";
            default -> "set " + key + " to another address";
        };
    }
}
