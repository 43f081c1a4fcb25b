package io.fluxrig.engine.gears.conductor.valet;

import io.fluxrig.engine.gears.conductor.correlation.MessageTypes;
import io.fluxrig.engine.gears.conductor.kept.KeptBytes;
import io.fluxrig.engine.gears.conductor.kept.Origins;
import io.fluxrig.engine.gears.conductor.ticket.TicketOpening;
import io.fluxrig.engine.gears.conductor.ticket.TicketStore;
import io.fluxrig.perf.buffer.Bytes;

/**
 * What stands in a ticket's records, on the disk or between racks. Names instead of numbers, and the wall clock's time: the next run, or another rack, may have
 * another scenario and counts from elsewhere.
 *
 * <pre>
 *   opened     1 | type 4, a repeat's as the first one's | bytes: key       and this is the entry's name; behind it
 *              request id 8 | trace 16 | opened, deadline, entry: epoch ns 8 each | connection 8 | mti 4 |
 *              fields or wire bytes 1 | texts: dialect's hash, route, conductor, source, rack | bytes: header, request
 *   sent       2 | text: destination
 *   answered   3 | at, epoch ns 8 | fields or wire bytes 1 | text: dialect's hash | bytes: answer
 *   timed out  4 | at, epoch ns 8
 *
 *   a text     length 2, FFFF for none | characters, 2 bytes each          bytes    length 4 | them
 * </pre>
 *
 * Numbers are big-endian. Strip thread only; allocates nothing.
 */
final class TicketRecord {
    static final int OPENED = 1;
    static final int SENT = 2;
    static final int ANSWERED = 3;
    static final int TIMED_OUT = 4;

    /** Longest record; a ring that is smaller refuses it. */
    private static final int LENGTH_MAX = 128 * 1024;

    /** Of a name without its key. */
    private static final int NAME_LENGTH = 1 + 4 + 4;

    private final RecordWriter writer = new RecordWriter(LENGTH_MAX);
    private final KeptBytes keptBytes;
    private final Origins origins;
    private byte[] body = new byte[4096];

    TicketRecord(KeptBytes keptBytes, Origins origins) {
        this.keptBytes = keptBytes;
        this.origins = origins;
    }

    /** How many bytes of the record that opens a ticket name it: requests of one key and type have one ticket. */
    static int nameLength(TicketOpening from) {
        return NAME_LENGTH + from.keyLength;
    }

    RecordWriter opened(TicketOpening from, String route, long openedEpochNs, long deadlineEpochNs) {
        return writer.begin(OPENED)
                .number(MessageTypes.withoutRepeat(from.mti), 4)
                .bytes(from.key, 0, from.keyLength)
                .number(from.requestId, 8)
                .number(from.traceHi, 8)
                .number(from.traceLo, 8)
                .number(openedEpochNs, 8)
                .number(deadlineEpochNs, 8)
                .number(from.entryEpochNs, 8)
                .number(from.connId, 8)
                .number(from.mti, 4)
                .number(KeptBytes.areFields(from.dialect) ? 1 : 0, 1)
                .text(keptBytes.shortHash(from.dialect))
                .text(route)
                .text(origins.conductor(from.origin))
                .text(origins.source(from.origin))
                .text(origins.rack(from.origin))
                .bytes(from.header, 0, from.headerLength)
                .bytes(from.body, from.bodyOffset, from.bodyLength);
    }

    RecordWriter sent(String destination) {
        return writer.begin(SENT).text(destination);
    }

    /** Of a ticket that ends without anybody holding its outcome. */
    RecordWriter givenUp(long epochNs) {
        return writer.begin(TIMED_OUT).number(epochNs, 8);
    }

    /** Of a ticket that was answered or timed out. */
    RecordWriter settled(TicketStore store, int ticket, long epochNs) {
        int state = store.state(ticket);
        if (state != TicketStore.ANSWERED && state != TicketStore.KEPT_ANSWER) {
            return givenUp(epochNs);
        }
        int length = store.bodyLength(ticket);
        if (body.length < length) {
            body = new byte[length * 2];
        }
        store.body(ticket, body);
        writer.begin(ANSWERED)
                .number(epochNs, 8)
                .number(KeptBytes.areFields(store.dialect(ticket)) ? 1 : 0, 1)
                .text(keptBytes.shortHash(store.dialect(ticket)))
                .bytes(body, 0, length);
        Bytes.wipe(body, 0, length);
        return writer;
    }
}
