package io.fluxrig.mixer.registry;

import io.fluxrig.engine.config.Address;
import io.fluxrig.engine.fault.SocketReason;
import io.vertx.pgclient.PgException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** What a failure of the database means, and what the operator reads of it. */
final class PgFaults {
    private static final String CLASS_LOGIN = "28";
    private static final String NO_DATABASE = "3D000";
    private static final String NOT_ALLOWED = "42501";
    /** It is starting, ending, or was told to end the connection. */
    private static final String CLASS_OPERATOR = "57P";

    /** It takes no writes any more, or has ended the transaction: another connection, perhaps to another host, is needed. */
    private static final Set<String> ELSEWHERE = Set.of("25006", "25P03");

    /** Others changed the same at the same time: serialization failure, deadlock. */
    private static final Set<String> CONTENDED = Set.of("40001", "40P01");
    /** Somebody else has just defined the same: unique violation in the catalogue, duplicate table, duplicate object. */
    private static final Set<String> DEFINED = Set.of("23505", "42P07", "42710");

    private final PgSettings settings;

    PgFaults(PgSettings settings) {
        this.settings = settings;
    }

    static boolean isContended(Throwable cause) {
        return cause instanceof PgException refused && CONTENDED.contains(refused.getSqlState());
    }

    /** Whether another mixer was quicker to define the same. */
    static boolean isDefined(Throwable cause) {
        return cause instanceof PgException refused
                && (DEFINED.contains(refused.getSqlState()) || isContended(refused));
    }

    /** Whether the database answered, and its connection can be used on. */
    static boolean isAnswer(Throwable cause) {
        if (!(cause instanceof PgException refused)) {
            return false;
        }
        String state = String.valueOf(refused.getSqlState());
        return !state.startsWith(CLASS_OPERATOR) && !ELSEWHERE.contains(state);
    }

    /** Why there is no connection. */
    String unreachable(Address host, Throwable cause) {
        String where = "registry: the database " + settings.url().database() + " at " + host;
        if (cause instanceof TimeoutException) {
            return where + " does not answer within " + settings.timeoutMs() + " ms (registry.timeout)";
        }
        if (cause instanceof PgException refused) {
            String state = String.valueOf(refused.getSqlState());
            if (state.startsWith(CLASS_LOGIN)) {
                return where + " does not let '" + settings.url().user()
                        + "' in: look at registry.url and registry.password_file";
            }
            return where + " refuses the connection: " + words(refused)
                    + (state.equals(NO_DATABASE) ? "; create it, for this user" : "");
        }
        return where + " cannot be reached: " + SocketReason.of(cause)
                + (settings.tls()
                        ? "; it must speak TLS with a certificate for its name (registry.tls, registry.ca_file)"
                        : "");
    }

    /** Why a statement failed. */
    String failed(String doing, Throwable cause) {
        if (cause instanceof TimeoutException) {
            return "registry: the database does not answer within " + settings.timeoutMs() + " ms (registry.timeout)";
        }
        if (cause instanceof PgException refused) {
            return "registry: cannot " + doing + ": " + words(refused)
                    + (NOT_ALLOWED.equals(refused.getSqlState())
                            ? "; let '" + settings.url().user() + "' create and change tables in it"
                            : "");
        }
        return "registry: cannot " + doing + ": the connection to the database is lost";
    }

    /** The server's message without its details, which may hold values. */
    private static String words(PgException refused) {
        return String.valueOf(refused.getErrorMessage()).lines().findFirst().orElse("") + " (" + refused.getSqlState()
                + ")";
    }
}
