package io.fluxrig.engine.rack.wire;

import io.fluxrig.transport.ends.Shortage;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A wire, or a log of tickets, that takes nothing at one moment: what an operator wants to know of it.
 *
 * @param name as in metrics: {@code decode.out->books.in}, {@code switch.tickets}
 * @param folder its files, null for a wire without any
 */
public record StoppedWire(String name, Role role, Path folder, Shortage shortage) {
    private static final String REFUSED =
            "what is refused is kept nowhere: its sender is told overload if error is wired, and must"
                    + " repeat an advice or reversal; of an answer that may be money this rack's log has a line";
    private static final String SENT = "what it took is safe and delivered; " + REFUSED;
    private static final String IN_MEMORY =
            "what it took since then waits in memory, and is lost if the rack is killed before the disk answers; "
                    + REFUSED;
    private static final String IN_JOURNAL =
            "none: what is sent is in this rack's journal, up to store.backlog_bytes, and leaves later; have nobody send it again";
    private static final long NS_PER_SECOND = 1_000_000_000L;

    /** What is carried, and so what is at stake while it is not. */
    public enum Role {
        /** Messages inside the rack. */
        WIRE(SENT, IN_MEMORY),
        /** Messages to other racks. */
        LEAVING(SENT, IN_MEMORY),
        /** The way to other racks of what this rack's journal keeps until they have it, and whose own entry says what that lacks. */
        KEPT(IN_JOURNAL, IN_JOURNAL),
        /** Messages from other racks. */
        ARRIVING(
                "none: what is meant for it waits in the stream and with its sender",
                "none: what is meant for it waits in the stream and with its sender"),
        /** What becomes of requests. */
        TICKETS(
                "of what is new none: it is declined before it is sent; those in flight get their answers, which are written down once there"
                        + " is room: a kill before that forgets them, and their repeats are declined",
                "of what is new none: it is declined before it is sent; those in flight get their answers, which are written down once the"
                        + " disk answers: a kill before that forgets them, and their repeats are declined");

        private final String atRisk;
        private final String atRiskInMemory;

        /** @param atRiskInMemory where the disk does not answer */
        Role(String atRisk, String atRiskInMemory) {
            this.atRisk = atRisk;
            this.atRiskInMemory = atRiskInMemory;
        }
    }

    /** Whether money is at risk, for people. */
    String atRisk() {
        return hangs() ? role.atRiskInMemory : role.atRisk;
    }

    private boolean hangs() {
        return shortage.cause() == Shortage.Cause.NO_ANSWER;
    }

    /** What to do, beginning with what to type. */
    String fix() {
        return switch (shortage.cause()) {
            case DISK_FULL -> "df -h " + folder + " ; free space there, it goes on by itself";
            case FREE_MIN ->
                "df -h " + folder
                        + " ; free space there, it goes on by itself, or lower store.free_min_bytes and restart the rack";
            case NO_FILE -> fileFix();
            case NO_ANSWER ->
                "dmesg -T | tail ; findmnt -T " + folder
                        + " ; mend the disk, or the way to it where it is on another machine; it goes on by itself once the disk answers";
            case BACKLOG -> roomFix();
            case NOTHING_LEAVES ->
                "nats stream info flux-msg ; if fluxrig_snake_connected is 0, start NATS or mend the way there, if the stream is full, its receiver"
                        + " or snake.stream_bytes; it goes on by itself, unless the rack's log has 'insufficient storage resources': then set"
                        + " max_file_store in nats-server's configuration, or make room on its disk, and restart it";
            case TOO_LONG ->
                "grep 'longer than NATS takes' in the rack's log ; raise max_payload of nats-server to 160 bytes above the length that it names, and"
                        + " restart that; it goes on by itself";
            case FAILED -> "grep 'has failed' in the rack's log ; mend the cause and restart the rack";
        };
    }

    /** By what the disk says, in the words of the system. */
    private String fileFix() {
        if (shortage.detail().contains("Too many open files")) {
            return "ulimit -n ; raise it for the user that the rack runs as (LimitNOFILE of its unit), and restart the rack; it goes on"
                    + " by itself once files are closed";
        }
        if (shortage.detail().contains("Read-only file system")) {
            return "dmesg -T | tail ; findmnt -T " + folder
                    + " ; mend the disk and mount it so that it can be written to, it goes on by itself";
        }
        return "ls -ld " + folder + " ; df -hi " + folder
                + " ; see to it that files can be made there, it goes on by itself";
    }

    private String roomFix() {
        String raise = "raise store.backlog_bytes and restart the rack";
        return switch (role) {
            case WIRE, ARRIVING ->
                "fluxrig top ; see why the receiving gear takes nothing (a link that is down?), or " + raise;
            case LEAVING, KEPT ->
                "nats stream info flux-msg ; see why the receiving rack confirms nothing (is it there, is NATS?), or "
                        + raise;
            case TICKETS -> raise + ": it must hold what lives for a route's timeout and valet.retain_after_close";
        };
    }

    /** Since when, to the second. */
    String since() {
        return Instant.ofEpochSecond(shortage.sinceEpochNs() / NS_PER_SECOND).toString();
    }

    /** {@code books.in takes nothing since 2026-11-27T03:00:00Z: disk full, senders are refused}. */
    String summary() {
        return name + (isKept() ? " is held up since " : " takes nothing since ") + since() + ": " + shortage.words()
                + (isKept() ? ", what is sent is " : ", senders are ") + senders();
    }

    /** Whether what is sent meanwhile is taken, and leaves later. */
    private boolean isKept() {
        return role == Role.KEPT;
    }

    private String senders() {
        if (isKept()) {
            return "kept in its journal";
        }
        if (hangs()) {
            return "refused once its ring is full"; // its thread is not there to refuse before
        }
        if (shortage.refusing()) {
            return "refused";
        }
        boolean filling =
                shortage.cause() == Shortage.Cause.TOO_LONG; // what is behind that message goes on for a while
        return filling ? "held back once snake.in_flight messages wait behind it" : "held back";
    }

    /** All of it in one line. */
    public String line() {
        return summary() + "; money at risk: " + atRisk() + "; type: " + fix();
    }

    public JsonObject json() {
        return new JsonObject()
                .put("wire", name)
                .put("because", shortage.words())
                .put("since", since())
                .put("senders", senders())
                .put("kept", isKept())
                .put("money_at_risk", atRisk())
                .put("type", fix());
    }

    /** Summaries in one line; empty for none. */
    public static String summary(List<StoppedWire> all) {
        return all.stream().map(StoppedWire::summary).collect(Collectors.joining("; "));
    }
}
