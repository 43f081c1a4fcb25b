package io.fluxrig.engine.agent;

import java.util.function.Consumer;

/**
 * Sees to it that a rack without a connection finds the door that it can open: the one for racks that are admitted, with the certificate
 * that its mixer issued, or the one for hello, with the join file. Says in one line what is missing. The agent's thread only.
 *
 * <pre>
 *   admitted --certificate has expired, or the servers refuse it--> hello --another certificate comes--> admitted
 *       '-------------- they refuse the join file too -----------------'
 * </pre>
 */
final class DoorWatch {
    /** A rack that has no connection by then says what it lacks for one. */
    static final long LACK_MS = 5_000;

    /** A connection that does not come back is made anew that often, which tells why it does not. */
    static final long AFRESH_MS = 30_000;

    /** From one door to the other, because servers refuse what is shown, that often at most. */
    static final long CHANGE_MS = 30_000;

    private static final long CONNECT_MS = 2_000;

    private final String rack;
    private final RackTls tls;
    private final Link link;
    private final Runnable came;
    private final Consumer<String> say;
    /** Of the last connection, or of the last look at what is missing. */
    private long lookedMs;

    private long connectedMs;
    private long nextConnectMs;
    private long nextChangeMs;
    private boolean lacking;

    /** The rack's line to its mixer. */
    interface Link {
        boolean connected();

        /** Whether it connects as a rack that was admitted. */
        boolean admittedLogin();

        /** Whether the servers do not take the certificate that is shown to them. */
        boolean certificateRefused();

        /** Connects anew. */
        void connect(boolean admitted);
    }

    /**
     * @param came is told that what was missing is there now, a join file for one
     * @param say gets lines for the operator
     */
    DoorWatch(String rack, RackTls tls, Link link, Runnable came, Consumer<String> say, long nowMs) {
        this.rack = rack;
        this.tls = tls;
        this.link = link;
        this.came = came;
        this.say = say;
        this.lookedMs = nowMs;
        this.connectedMs = nowMs;
    }

    /** Looks, several times a second. */
    void turn(long nowMs) {
        if (link.connected()) {
            lookedMs = nowMs;
            connectedMs = nowMs;
            return;
        }
        // a certificate that has expired opens nothing: what is left is to say hello
        if (link.admittedLogin() && !tls.ready() && nowMs >= nextConnectMs) {
            nextConnectMs = nowMs + CONNECT_MS;
            link.connect(false);
        }
        if (nowMs - lookedMs >= LACK_MS) {
            lookedMs = nowMs;
            if (link.certificateRefused()) {
                change(nowMs);
            }
            lack();
            afresh(nowMs);
        }
    }

    private void change(long nowMs) {
        boolean hello = link.admittedLogin();
        if (hello) {
            tell(tls.refusal());
        }
        boolean possible = hello ? tls.canJoin() : tls.refused();
        if (possible && nowMs >= nextChangeMs) {
            nextChangeMs = nowMs + CHANGE_MS;
            connectedMs = nowMs;
            tls.refused(hello);
            link.connect(!hello);
        }
    }

    private void tell(String what) {
        if (!what.isEmpty()) {
            say.accept("rack " + rack + " " + what);
        }
    }

    private void lack() {
        String lack = tls.lack();
        tell(lack);
        if (lack.isEmpty() && lacking) {
            came.run();
        }
        lacking = !lack.isEmpty();
    }

    /** The client that tries on by itself keeps it to itself what servers say of a certificate. */
    private void afresh(long nowMs) {
        if (tls.admitted() != null && nowMs - connectedMs >= AFRESH_MS) {
            connectedMs = nowMs;
            link.connect(link.admittedLogin());
        }
    }
}
