package io.fluxrig.engine.rack.wire;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Messages of a wire that the scenario does not have, in a journal or in NATS: they reach nobody until it has one.
 *
 * @param wire whose they were, as in metrics: {@code decode.out->books.in}; in NATS the subject, {@code flux.msg.east.books.in}
 * @param folder the journal's files; null for what lies in NATS
 * @param messages how many wait in it; {@link #UNKNOWN} if that cannot be read, or a start took no time to count the first
 * @param because why it is not known how many, as it cannot be read, is not counted, or is that many at least; empty if it is
 */
public record StrandedWire(String wire, Path folder, long messages, String because) {
    static final long UNKNOWN = -1;

    /** What lies in NATS. */
    static StrandedWire inStream(String subject, long messages) {
        return new StrandedWire(subject, null, messages, "");
    }

    /** {@code 3447 messages wait for decode.out->books.in, which is no wire of the scenario any more}. */
    String summary() {
        return (messages == UNKNOWN
                        ? "an unknown number of messages wait"
                        : messages + (messages == 1 ? " message waits" : " messages wait"))
                + " for " + wire + ", which is no wire of the scenario any more"
                + (because.isEmpty() ? "" : " (" + because + ")");
    }

    /** All of it in one line. */
    public String line() {
        return summary() + "; money at risk: nobody is told of them; type: " + fix();
    }

    /** What to do, beginning with what to type. */
    String fix() {
        return "fluxrig scenario activate with a version that has this wire under its gears' and ports' old names, they are delivered then; or, once"
                + " they are settled otherwise, "
                + (folder == null
                        ? "nats stream purge flux-msg --subject=" + wire
                        : "stop the rack and move away " + folder);
    }

    public JsonObject json() {
        return new JsonObject()
                .put("wire", wire)
                .put("messages", messages)
                .put("because", because)
                .put("folder", folder == null ? "" : folder.toString())
                .put("type", fix());
    }

    /** Summaries in one line; empty for none. */
    public static String summary(List<StrandedWire> all) {
        return all.stream().map(StrandedWire::summary).collect(Collectors.joining("; "));
    }
}
