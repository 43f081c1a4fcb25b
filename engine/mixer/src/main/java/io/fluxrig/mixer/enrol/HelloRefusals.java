package io.fluxrig.mixer.enrol;

import io.fluxrig.engine.control.Hello;
import io.fluxrig.engine.passport.PublicKeys;
import io.fluxrig.mixer.bus.RackLine;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;

/** Why a hello gets nothing, for the people at that rack. Desk only. */
final class HelloRefusals {
    private static final String INBOXES = "_INBOX.";

    private final Registry registry;
    private final Logins logins;

    HelloRefusals(Registry registry, Logins logins) {
        this.registry = registry;
        this.logins = logins;
    }

    /** Everybody may say hello; whoever does must not have the mixer publish where they may not. */
    static boolean isInboxOfARack(String replyTo) {
        return replyTo != null
                && replyTo.length() > INBOXES.length()
                && replyTo.startsWith(INBOXES)
                && !replyTo.startsWith(RackLine.INBOX + ".");
    }

    /** Of a rack that has another key than the one whose name it has. */
    static String nameTaken(RackEntry owner) {
        return "the name belongs to a rack with another key (" + PublicKeys.fingerprint(owner.key())
                + "); choose another rack.name, or if this is that rack with a new key, remove the old one first:"
                + " fluxrig admin racks remove " + owner.name();
    }

    /**
     * Why nobody else may log in with that, null if the rack may: a server whose configuration has one login twice does not start, so
     * no two of its users get the same.
     */
    String login(Hello hello) {
        if (logins.isMixers(hello.login())) {
            return "its login.key is the mixer's own: remove login.key here, it was copied";
        }
        String owner = registry.loginOwner(hello.login());
        return owner == null || owner.equals(hello.rack())
                ? null
                : "its login.key is the one of rack '" + owner + "': remove node.key, login.key and passport.cbor here,"
                        + " they were copied; if this is that rack under a new name, remove the old one instead:"
                        + " fluxrig admin racks remove " + owner;
    }
}
