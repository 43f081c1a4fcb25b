package io.fluxrig.transport.bus;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.concurrent.TimeoutException;

/** Why there is no connection to a NATS server, in a few words and without what the client says, which may hold a password. Static and stateless. */
public final class ConnectReason {
    private ConnectReason() {}

    /** {@code " (connection refused)"}; nothing where no cause is known. */
    public static String of(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? "" : " (" + words(cause) + ")";
    }

    private static String words(Throwable cause) {
        if (cause instanceof ConnectException) {
            return "connection refused";
        }
        if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
            return "nobody knows that name";
        }
        if (cause instanceof TimeoutException || cause instanceof java.net.SocketTimeoutException) {
            return "no answer in time";
        }
        if (cause instanceof EOFException) {
            return "it hung up";
        }
        // authentication, jet stream api
        return cause.getClass()
                .getSimpleName()
                .replaceFirst("(Exception|Error)$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
