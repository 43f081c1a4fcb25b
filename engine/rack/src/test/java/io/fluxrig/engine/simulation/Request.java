package io.fluxrig.engine.simulation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One request of a simulated terminal, wherever and however often it was sent, and what came of it. */
final class Request {
    /** Once on its way: over which link, when, and how long the rack had stood still by then. */
    static final class Sending {
        final SimLink link;
        final long atNs;
        final long standstillNs;

        Sending(SimLink link, long atNs, long standstillNs) {
            this.link = link;
            this.atNs = atNs;
            this.standstillNs = standstillNs;
        }
    }

    /** One answer to a terminal. */
    record Outcome(SimLink link, long atNs, String code, String auth) {
        /** Whether it is of the kind that a retransmission must be told again: an issuer's answer, or the deadline's. */
        boolean isFinal() {
            return !auth.isEmpty() || code.equals("91");
        }

        String text() {
            return code + auth;
        }
    }

    /** Its type, 0100 as 100; its repeat is one above. */
    final int mti;

    final String rrn;
    final String stan;
    final String terminal;
    final String pan;
    final String amount;
    /** The request whose STAN this one uses again, null for the usual one. */
    final Request twin;

    final List<Sending> sendings = new ArrayList<>();
    final List<Outcome> outcomes = new ArrayList<>();
    final Set<String> sentTo = new LinkedHashSet<>();

    Request(int mti, String rrn, String stan, String terminal, String pan, String amount, Request twin) {
        this.mti = mti;
        this.rrn = rrn;
        this.stan = stan;
        this.terminal = terminal;
        this.pan = pan;
        this.amount = amount;
        this.twin = twin;
    }

    /** Whether the other is another request under the same key and of the same type, which a switch cannot keep apart. */
    boolean collidesWith(Request other) {
        return other != this && other.mti == mti && other.stan.equals(stan) && other.terminal.equals(terminal);
    }

    /** The last time it was sent over that link, null if never. */
    Sending lastOver(SimLink link) {
        for (int i = sendings.size() - 1; i >= 0; i--) {
            if (sendings.get(i).link == link) {
                return sendings.get(i);
            }
        }
        return null;
    }

    /** How often it was sent over that link. */
    int timesOver(SimLink link) {
        int times = 0;
        for (Sending sending : sendings) {
            times += sending.link == link ? 1 : 0;
        }
        return times;
    }

    /** How often that link was told of it. */
    int answersOver(SimLink link) {
        int answers = 0;
        for (Outcome outcome : outcomes) {
            answers += outcome.link() == link ? 1 : 0;
        }
        return answers;
    }

    boolean wasToldOver(SimLink link, long sinceNs) {
        for (Outcome outcome : outcomes) {
            if (outcome.link() == link && outcome.atNs() >= sinceNs) {
                return true;
            }
        }
        return false;
    }

    /** When its first deadline was, which may have been extended since. */
    long deadlineNs() {
        return sendings.get(0).atNs + timeoutNs();
    }

    /** Whether it, or the request whose STAN it shares, was ever sent over a link of that strip. */
    boolean touched(int strip) {
        for (Sending sending : sendings) {
            if (sending.link.strip == strip) {
                return true;
            }
        }
        return twin != null && twin.touched(strip);
    }

    /** How long its route gives the issuer. */
    long timeoutNs() {
        return switch (pan.charAt(0)) {
            case '4' -> 1_000_000_000L;
            case '5' -> 600_000_000L;
            case '6' -> 400_000_000L;
            default -> 0;
        };
    }

    @Override
    public String toString() {
        return "request " + rrn + " of " + terminal + " stan " + stan;
    }
}
