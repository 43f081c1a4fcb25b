package io.fluxrig.engine.control;

/** The subjects of the control plane, and what is signed on each. */
public final class Subjects {
    /** A rack says who it is; the answer is its {@link Standing}. Signed as {@code hello}. */
    public static final String HELLO = "flux.agent.hello";

    /** A rack says how it is, signed as {@code heartbeat}; there is no answer. */
    public static final String HEARTBEAT = "flux.agent.heartbeat";

    /** Below it inboxes of racks that no mixer has admitted yet. */
    public static final String ENROL_INBOX = "_INBOX.enrol";

    private Subjects() {}

    /** The mixer tells a rack its {@link Standing}, unasked; signed as {@code standing}. */
    public static String notify(String fingerprint) {
        return "flux.agent.notify." + fingerprint;
    }

    /** The mixer sends a rack its scenario, signed as {@code scenario}. */
    public static String scenario(String rack) {
        return "flux.rack." + rack + ".scenario";
    }

    /** The mixer has a rack do something, signed as {@code order}; the answer is signed as {@code done}. */
    public static String order(String rack) {
        return "flux.ctrl." + rack;
    }

    /** Below it the inboxes of an admitted rack. */
    public static String inbox(String rack) {
        return "_INBOX.rack-" + rack;
    }
}
