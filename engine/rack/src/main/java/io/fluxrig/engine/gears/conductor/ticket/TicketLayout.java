package io.fluxrig.engine.gears.conductor.ticket;

/**
 * Where things stand in a ticket's bytes.
 *
 * <pre>
 *   | 0 hash | 8 connection | 16 timer | 24 request id | 32 trace hi | 40 trace lo | 48 opened ns | 56 sent ns |
 *   | 64 fingerprint | 72 entry epoch ns | 80 until ns | 88 confirmation |                               longs
 *   | 96 next | 100 next kept | 104 state | 108 first joiner | 112 joiners | 116 destination |
 *   | 120 breaker generation | 124 route | 128 origin | 132 dialect | 136 mti | 140 key length |
 *   | 144 header length | 148 parked length | 152 body length | 156 kept longer, 0 or 1 |             ints
 *   | 160 key | header | parked | body |
 * </pre>
 */
final class TicketLayout {
    static final int HASH = 0;
    static final int CONN_ID = 8;
    static final int TIMER = 16;
    static final int REQUEST_ID = 24;
    static final int TRACE_HI = 32;
    static final int TRACE_LO = 40;
    static final int OPENED_NS = 48;
    static final int SENT_NS = 56;
    static final int FINGERPRINT = 64;
    static final int ENTRY_EPOCH_NS = 72;
    static final int UNTIL_NS = 80;
    static final int CONFIRMATION = 88;
    static final int NEXT = 96;
    static final int NEXT_KEPT = 100;
    static final int STATE = 104;
    static final int FIRST_JOINER = 108;
    static final int JOINERS = 112;
    static final int DESTINATION = 116;
    static final int BREAKER_GENERATION = 120;
    static final int ROUTE = 124;
    static final int ORIGIN = 128;
    static final int DIALECT = 132;
    static final int MTI = 136;
    static final int KEY_LENGTH = 140;
    static final int HEADER_LENGTH = 144;
    static final int PARKED_LENGTH = 148;
    static final int BODY_LENGTH = 152;
    static final int EXTENDED = 156;
    static final int VARIABLE = 160;

    private TicketLayout() {}
}
