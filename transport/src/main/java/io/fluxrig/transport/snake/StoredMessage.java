package io.fluxrig.transport.snake;

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
 */
record StoredMessage(long sequence, byte[] body, String fault) {
    private static final int NO_MESSAGE_FOUND = 10037;

    static StoredMessage of(BusMessage answer) {
        if (answer.status() != 0) {
            return new StoredMessage(0, new byte[0], answer.status() + " " + answer.statusText());
        }
        try {
            JsonValue json = JsonParser.parse(answer.body());
            JsonValue error = JsonValueUtils.readValue(json, "error");
            if (error != null) {
                boolean none = JsonValueUtils.readInteger(error, "err_code", 0) == NO_MESSAGE_FOUND;
                return new StoredMessage(
                        0, new byte[0], none ? null : JsonValueUtils.readString(error, "description", "no reason"));
            }
            JsonValue message = JsonValueUtils.readValue(json, "message");
            String data = JsonValueUtils.readString(message, "data", "");
            return new StoredMessage(
                    JsonValueUtils.readLong(message, "seq", 0),
                    Base64.getDecoder().decode(data),
                    null);
        } catch (JsonParseException | IllegalArgumentException odd) {
            return new StoredMessage(0, new byte[0], "an answer that is no message");
        }
    }
}
