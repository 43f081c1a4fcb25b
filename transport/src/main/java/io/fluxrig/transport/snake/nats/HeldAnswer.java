package io.fluxrig.transport.snake.nats;

import io.nats.client.support.JsonParseException;
import io.nats.client.support.JsonParser;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** What the stream says when it is asked whether it holds, at a sequence, the message of an id. */
public enum HeldAnswer {
    YES,
    /** Nothing, or another message: the stream was put back, or made again. */
    NO,
    /** It does not say. */
    UNKNOWN;

    private static final List<Integer> NOT_THERE = List.of(10037, 10059); // no such message, no such stream
    private static final String ID = "Nats-Msg-Id:";

    /** The subject on which the stream is asked. */
    public static final String SUBJECT = "$JS.API.STREAM.MSG.GET." + FluxStream.NAME;

    /** What it is asked there. */
    public static byte[] question(long sequence) {
        return ("{\"seq\":" + sequence + "}").getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads the answer. */
    public static HeldAnswer of(BusMessage answer, String messageId) {
        if (answer.status() != 0) {
            return UNKNOWN;
        }
        try {
            JsonValue json = JsonParser.parse(answer.body());
            JsonValue error = JsonValueUtils.readValue(json, "error");
            if (error != null) {
                return NOT_THERE.contains(JsonValueUtils.readInteger(error, "err_code", 0)) ? NO : UNKNOWN;
            }
            JsonValue message = JsonValueUtils.readValue(json, "message");
            if (message == null) {
                return UNKNOWN;
            }
            byte[] headers = Base64.getDecoder().decode(JsonValueUtils.readString(message, "hdrs", ""));
            return has(new String(headers, StandardCharsets.US_ASCII), messageId) ? YES : NO;
        } catch (JsonParseException | IllegalArgumentException odd) {
            return UNKNOWN;
        }
    }

    private static boolean has(String headers, String messageId) {
        return headers.lines()
                .filter(line -> line.startsWith(ID))
                .anyMatch(line -> line.substring(ID.length()).strip().equals(messageId));
    }
}
