package io.fluxrig.transport.snake.nats;

import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;
import java.util.List;

/**
 * What a stream says to a message.
 *
 * @param sequence the message's in the stream, if it was taken
 * @param fault why it was not; null if it was
 * @param duplicate whether it had this message before; the sequence is the first one's
 * @param noStream whether the stream was not there to take it
 * @param superseded whether another message of its subject came before
 * @param busy whether another message of its subject is just being taken, or nobody leads the stream: it may be taken in a moment
 */
public record PublishAnswer(
        long sequence, String fault, boolean duplicate, boolean noStream, boolean superseded, boolean busy) {
    private static final int NO_RESPONDERS = 503;
    private static final int STREAM_NOT_FOUND = 10059;
    private static final int WRONG_LAST_SEQUENCE = 10071;
    private static final List<Integer> IN_A_MOMENT = List.of(10163, 10164);

    /** Reads what the stream of all wires says to a message. */
    public static PublishAnswer ofWires(BusMessage answer) {
        return of(answer, FluxStream.NAME);
    }

    /** Reads what a bucket of entries says to a value. */
    public static PublishAnswer ofBucket(BusMessage answer, String bucket) {
        return of(answer, EntryBucket.stream(bucket));
    }

    /** Also another stream may listen to a subject, where that one is gone, and anybody else. */
    private static PublishAnswer of(BusMessage answer, String stream) {
        if (answer.status() != 0) {
            String fault = answer.status() + " " + answer.statusText();
            return new PublishAnswer(0, fault, false, answer.status() == NO_RESPONDERS, false, false);
        }
        try {
            JsonValue json = JsonParser.parse(answer.body());
            JsonValue error = JsonValueUtils.readValue(json, "error");
            if (error == null) {
                return taken(json, stream);
            }
            int code = JsonValueUtils.readInteger(error, "err_code", 0);
            String text = JsonValueUtils.readString(error, "description", "no reason given");
            return new PublishAnswer(
                    0,
                    text + " (" + code + ")",
                    false,
                    code == STREAM_NOT_FOUND,
                    code == WRONG_LAST_SEQUENCE,
                    IN_A_MOMENT.contains(code));
        } catch (JsonParseException odd) {
            return new PublishAnswer(0, "an answer that is no JSON", false, false, false, false);
        }
    }

    private static PublishAnswer taken(JsonValue json, String stream) {
        String by = JsonValueUtils.readString(json, "stream", "");
        long sequence = JsonValueUtils.readLong(json, "seq", 0);
        if (sequence > 0 && by.equals(stream)) {
            return new PublishAnswer(
                    sequence, null, JsonValueUtils.readBoolean(json, "duplicate"), false, false, false);
        }
        boolean elsewhere = !by.isEmpty() && !by.equals(stream);
        String fault = elsewhere
                ? "it went to another stream, " + by + ", and not to " + stream
                : "an answer that names no place in the stream";
        return new PublishAnswer(0, fault, false, elsewhere, false, false);
    }
}
