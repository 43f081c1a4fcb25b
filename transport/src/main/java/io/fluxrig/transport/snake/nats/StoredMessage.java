package io.fluxrig.transport.snake.nats;

import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;
import java.util.Base64;

/**
 * What a stream says when it is asked for the last message of a subject.
 *
 * @param sequence of the message, 0 where there is none
 * @param body empty where there is none
 * @param fault why the stream does not say; null if it does
 * @param noStream whether there is no such stream
 */
public record StoredMessage(long sequence, byte[] body, String fault, boolean noStream) {
    private static final int NO_MESSAGE_FOUND = 10037;
    private static final int STREAM_NOT_FOUND = 10059;

    /** Reads what a stream says when it is asked for a message. */
    public static StoredMessage of(BusMessage answer) {
        if (answer.status() != 0) {
            return faulty(answer.status() + " " + answer.statusText());
        }
        try {
            JsonValue json = JsonParser.parse(answer.body());
            JsonValue error = JsonValueUtils.readValue(json, "error");
            if (error != null) {
                int code = JsonValueUtils.readInteger(error, "err_code", 0);
                String why = JsonValueUtils.readString(error, "description", "no reason");
                return new StoredMessage(
                        0, new byte[0], code == NO_MESSAGE_FOUND ? null : why, code == STREAM_NOT_FOUND);
            }
            JsonValue message = JsonValueUtils.readValue(json, "message");
            String data = JsonValueUtils.readString(message, "data", "");
            return new StoredMessage(
                    JsonValueUtils.readLong(message, "seq", 0),
                    Base64.getDecoder().decode(data),
                    null,
                    false);
        } catch (JsonParseException | IllegalArgumentException odd) {
            return faulty("an answer that is no message");
        }
    }

    private static StoredMessage faulty(String fault) {
        return new StoredMessage(0, new byte[0], fault, false);
    }
}
