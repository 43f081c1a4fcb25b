package io.fluxrig.engine.gears.conductor.ticket;

/**
 * Where things stand in a ticket's bytes.
 *
 * <pre>
 *   | 0 hash | 8 connection | 16 timer | 24 request id | 32 trace hi | 40 trace lo | 48 opened ns | 56 sent ns |
 *   | 64 fingerprint | 72 entry epoch ns | 80 until ns | 88 confirmation |                               longs
 *   | 96 state | 100 first joiner | 104 joiners | 108 destination | 112 breaker generation |
 *   | 116 route | 120 origin | 124 dialect | 128 mti | 132 key length | 136 header length |
 *   | 140 parked length | 144 body length | 148 kept longer, 0 or 1 |                                  ints
 *   | 152 key | header | parked | body |
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
    static final int STATE = 96;
    static final int FIRST_JOINER = 100;
    static final int JOINERS = 104;
    static final int DESTINATION = 108;
    static final int BREAKER_GENERATION = 112;
    static final int ROUTE = 116;
    static final int ORIGIN = 120;
    static final int DIALECT = 124;
    static final int MTI = 128;
    static final int KEY_LENGTH = 132;
    static final int HEADER_LENGTH = 136;
    static final int PARKED_LENGTH = 140;
    static final int BODY_LENGTH = 144;
    static final int EXTENDED = 148;
    static final int VARIABLE = 152;

    private TicketLayout() {}
}
