package io.fluxrig.cli.mixer;

import io.fluxrig.cli.console.CommandFailure;
import io.fluxrig.engine.fault.SocketReason;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;

/** Why a mixer cannot be asked, in words that name no class of Java. Static and stateless. */
final class MixerFailure {
    private static final int CAUSES_MAX = 8;

    private MixerFailure() {}

    /** {@code connection refused}. */
    static String of(Throwable failure) {
        if (failure instanceof HttpConnectTimeoutException) {
            return "no connection in time";
        }
        if (failure instanceof HttpTimeoutException || failure instanceof TimeoutException) {
            return "it says nothing any more";
        }
        if (behind(failure, cause -> cause instanceof UnresolvedAddressException)) {
            return "nobody knows that name";
        }
        if (failure instanceof ConnectException && failure.getMessage() == null) {
            return "connection refused";
        }
        return behind(failure, cause -> cause instanceof EOFException) ? "it broke off" : SocketReason.of(failure);
    }

    /** Of one that had begun to tell, or was to. */
    static MixerAway gone(URI base, Throwable failure) {
        return new MixerAway("the mixer at " + base + " is gone (" + of(failure) + ")");
    }

    /** Of one that gave no answer, and what to do. */
    static MixerAway unanswered(URI base, IOException failure) {
        return new MixerAway("no mixer answers at " + base + " (" + of(failure)
                + "); start one with 'fluxrig mixer', or name its API with --api" + otherScheme(base, failure));
    }

    /** Where that may be meant. */
    private static String otherScheme(URI base, IOException failure) {
        if (base.getScheme().equals("http")) {
            return ", https:// where it listens beyond loopback";
        }
        boolean connected = !(failure instanceof ConnectException) && !(failure instanceof HttpConnectTimeoutException);
        return connected ? ", http:// where it speaks no TLS" : "";
    }

    /** Why its TLS is not taken, and what to do. */
    static CommandFailure untrusted(URI base, SSLException failure) {
        return CommandFailure.failed(tls(base, failure));
    }

    private static String tls(URI base, SSLException failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("not an SSL/TLS record") || message.contains("Unsupported or unrecognized SSL message")) {
            return "what answers at " + base + " speaks no TLS; write http:// in --api if that is meant";
        }
        if (message.contains("subject alternative") || message.contains("No name matching")) {
            return "the certificate of " + base + " is for other names; write one that it is for, or add this one to"
                    + " mixer.names on the mixer";
        }
        if (!behind(failure, cause -> cause instanceof GeneralSecurityException)) {
            return "no TLS connection to " + base + " (" + message.replaceAll("[^\\x20-\\x7e]", "?")
                    + "): what answers there may speak none; write http:// in --api if that is meant";
        }
        return "the certificate of " + base
                + " is of nobody whom this command trusts, or is not valid today; give it the"
                + " mixer's authority/ca.crt with --ca-file";
    }

    private static boolean behind(Throwable failure, Predicate<Throwable> which) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            if (which.test(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
