package io.fluxrig.engine.fault;

import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says why a socket could not be had in the operating system's words, without those of the library that was told. */
public final class SocketReason {
    private static final String IN_USE = "address already in use";
    private static final String NOT_OURS = "cannot assign requested address";
    private static final String NOT_ALLOWED = "permission denied";
    private static final String NO_DESCRIPTOR = "too many open files";

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
            NO_DESCRIPTOR);

    /** Causes looked at, one behind the other. */
    private static final int CAUSES_MAX = 8;

    private SocketReason() {}

    /**
     * {@code connection refused}; what the failure says itself if neither it nor what caused it is one of those known. Where
     * descriptors are short, what to do stands behind it.
     */
    public static String of(Throwable failure) {
        String reason = known(failure);
        return reason.equals(NO_DESCRIPTOR) ? NO_DESCRIPTOR + ": raise ulimit -n" : reason;
    }

    /** Whether this process may not have it, though another program might. */
    public static boolean isNotAllowed(Throwable failure) {
        return known(failure).equals(NOT_ALLOWED);
    }

    private static String known(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            String lower = message(cause).toLowerCase(Locale.ROOT);
            Optional<String> reason = KNOWN.stream().filter(lower::contains).findFirst();
            if (reason.isPresent()) {
                return reason.get();
            }
            cause = cause.getCause();
        }
        return message(failure);
    }

    private static String message(Throwable failure) {
        if (failure.getMessage() != null) {
            return failure.getMessage();
        }
        if (failure instanceof UnresolvedAddressException) {
            return "nobody knows that name";
        }
        return failure instanceof ClosedChannelException
                ? "the connection was closed"
                : failure.getClass().getSimpleName();
    }

    /**
     * What to do about an address that cannot be listened on.
     *
     * @param key what names the address, such as {@code bind}
     */
    public static String listenFix(Throwable failure, String key) {
        return switch (known(failure)) {
            case IN_USE ->
                "another process, perhaps another rack, listens there: stop it, or set " + key + " to another port";
            case NOT_OURS ->
                "this machine has no such address: set " + key + " to one of its own, or name the port alone"
                        + " for all of them";
            case NOT_ALLOWED ->
                "this user may not listen there: ports below 1024 need CAP_NET_BIND_SERVICE; set " + key
                        + " to a higher port";
            case NO_DESCRIPTOR -> "each connection takes a descriptor of the process";
            default -> "set " + key + " to another address";
        };
    }
}
