package io.fluxrig.mixer.api;

import io.fluxrig.engine.control.Order;
import io.fluxrig.engine.control.Standing;
import io.fluxrig.engine.fault.FailureWords;
import io.fluxrig.iso.mask.MaskingText;
import io.fluxrig.mixer.desk.Desk;
import io.fluxrig.mixer.desk.RefusedException;
import io.fluxrig.mixer.registry.AuditEntry;
import io.fluxrig.mixer.registry.RackEntry;
import io.fluxrig.mixer.registry.Registry;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has racks do what they are told. Each order has a line in the audit log before it is sent, and one with what came of it: the same action with
 * {@link #DONE}, {@link #FAILED} or {@link #UNANSWERED} behind it, by the same one. Any thread, but {@link #last}, which is the desk's.
 */
final class RackOrders {
    /** The rack has done it, or begun to. */
    static final String DONE = ".done";

    /** The rack says why not. */
    static final String FAILED = ".failed";

    /** Nobody knows whether it is done. */
    static final String UNANSWERED = ".unanswered";

    private static final Logger LOG = LoggerFactory.getLogger(RackOrders.class);
    private static final String ACTION = "rack.";
    private static final int VALUE_LENGTH_MAX = 64;
    private static final int TEXT_LENGTH_MAX = 200;
    /** Lines that are looked at for an order that did not fail. */
    private static final int LINES_MAX = 64;

    private final Desk desk;
    private final Registry registry;
    private final Sender sender;
    private final InstantSource clock;

    RackOrders(Desk desk, Registry registry, Sender sender, InstantSource clock) {
        this.desk = desk;
        this.registry = registry;
        this.sender = sender;
        this.clock = clock;
    }

    /** Sends an order; what the rack says came of it. Fails where it does not answer. */
    interface Sender {
        CompletableFuture<Order.Done> send(RackEntry rack, String word, String value);
    }

    /** Sends an order to a rack that is active; what there is to say. */
    CompletableFuture<Reply> give(String rack, String word, String value, String who) {
        String unusable = Order.refusal(word, value);
        if (unusable != null) {
            return CompletableFuture.completedFuture(Reply.problem(400, "Bad Request", unusable));
        }
        return desk.ask(() -> begun(rack, word, value, who))
                .thenCompose(entry -> sender.send(entry, word, value).handle((done, failure) -> {
                    writeDown(rack, word, who, done, failure);
                    return failure == null ? Reply.done(done.ok(), done.text()) : unanswered(rack);
                }));
    }

    private RackEntry begun(String name, String word, String value, String who) throws RefusedException {
        RackEntry rack = find(registry, name);
        if (!rack.standing().equals(Standing.ACTIVE)) {
            boolean suspended = rack.standing().equals(Standing.SUSPENDED);
            throw RefusedException.conflict("rack '" + name + "' is " + rack.standing()
                    + (suspended ? ": fluxrig admin racks activate " + name : ""));
        }
        registry.audit(who, ACTION + word, name, printable(value, VALUE_LENGTH_MAX), clock.millis());
        return rack;
    }

    /** Behind what waits, and nobody waits for it: the order is done, or is not, whether or not it can be written down. */
    private void writeDown(String rack, String word, String who, Order.Done done, Throwable failure) {
        String outcome = failure != null ? UNANSWERED : done.ok() ? DONE : FAILED;
        String text = failure == null ? done.text() : FailureWords.of(failure);
        desk.ask(() -> {
                    String detail = printable(MaskingText.scrub(text), TEXT_LENGTH_MAX);
                    registry.audit(who, ACTION + word + outcome, rack, detail, clock.millis());
                    return null;
                })
                .exceptionally(unwritten -> {
                    LOG.warn(
                            "rack {}: what came of '{}' ({}) is not in the audit log: {}",
                            rack,
                            word,
                            outcome.substring(1),
                            FailureWords.of(unwritten));
                    return null;
                });
    }

    private static Reply unanswered(String rack) {
        return Reply.problem(
                409,
                "Conflict",
                "rack '" + rack
                        + "' does not answer; whether it did what it was told shows in its state once it is there");
    }

    static RackEntry find(Registry registry, String name) throws RefusedException {
        RackEntry rack = registry.rack(name);
        if (rack == null) {
            throw RefusedException.missing("no rack '" + name + "' has said hello");
        }
        return rack;
    }

    private static String printable(String text, int lengthMax) {
        String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() <= lengthMax ? plain : plain.substring(0, lengthMax);
    }

    /** The line of the last order of a kind that did not fail; null for none. */
    static AuditEntry last(Registry registry, String action, String rack) {
        List<AuditEntry> lines = registry.lastAudited(action, action + FAILED, rack, LINES_MAX);
        Map<String, Integer> failed = new HashMap<>();
        for (AuditEntry each : lines) {
            int those = failed.getOrDefault(each.who(), 0);
            if (each.action().equals(action) && those == 0) {
                return each;
            }
            failed.put(each.who(), those + (each.action().equals(action) ? -1 : 1));
        }
        return null;
    }
}
