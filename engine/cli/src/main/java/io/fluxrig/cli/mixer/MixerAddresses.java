package io.fluxrig.cli.mixer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluxrig.cli.console.CommandFailure;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Mixers that lead the same racks, and which of them is asked: one of those that were given, or one that they refer to. One thread. */
final class MixerAddresses {
    private static final int REFERRAL = 307;
    private static final int UNAVAILABLE = 503;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<URI> given;
    private URI base;

    /**
     * Begins with the first.
     *
     * @param addresses with commas between them
     * @throws IllegalArgumentException if one is no HTTP address
     */
    MixerAddresses(String addresses) {
        given = Arrays.stream(addresses.split(",", -1))
                .map(each -> base(each.strip()))
                .toList();
        base = given.get(0);
    }

    private static URI base(String address) {
        URI uri = URI.create(address.endsWith("/") ? address : address + "/");
        if (uri.getHost() == null || !String.valueOf(uri.getScheme()).startsWith("http")) {
            throw new IllegalArgumentException("'" + address + "' is no HTTP address");
        }
        return uri;
    }

    /** The one that is asked; ends with a slash. */
    URI base() {
        return base;
    }

    /** How many were given. */
    int count() {
        return given.size();
    }

    /** Asks that one from now on. */
    void ask(URI one) {
        base = one;
    }

    /** The one that is asked, then all others that were given. */
    List<URI> all() {
        List<URI> all = new ArrayList<>(given);
        all.remove(base);
        all.add(0, base);
        return all;
    }

    /** Whether the one that was asked decides nothing now, has done nothing, and there is another one to ask, or may be soon. */
    boolean isElsewhere(HttpResponse<String> answer) {
        boolean soon = answer.headers().firstValue("Retry-After").isPresent();
        return answer.statusCode() == REFERRAL
                || answer.statusCode() == UNAVAILABLE && (soon || given.size() > 1 && namesLeader(answer.body()));
    }

    private static boolean namesLeader(String problem) {
        try {
            return JSON.readTree(problem).hasNonNull("leader");
        } catch (JsonProcessingException noJson) {
            return false;
        }
    }

    /** Whether an answer says where the one is that leads. */
    static boolean refers(HttpResponse<String> answer) {
        return !leader(answer).isEmpty();
    }

    private static String leader(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    /**
     * Whom to ask next: the one that an answer refers to, or else the next of those that were given.
     *
     * @throws CommandFailure if the token would go there without TLS, where the user has it
     */
    URI next(HttpResponse<String> answer) {
        if (!refers(answer)) {
            return given.get((given.indexOf(base) + 1) % given.size());
        }
        URI to = base(leader(answer)).resolve("/");
        if ("https".equals(base.getScheme()) && !"https".equals(to.getScheme())) {
            throw CommandFailure.failed(base + " refers to " + to
                    + ", which has no TLS: the token is not sent there; set api.advertise of that mixer");
        }
        return to;
    }

    /** Whether it is the first of those that were given, before which all others were asked. */
    boolean isFirst(URI one) {
        return one.equals(given.get(0));
    }
}
