package io.fluxrig.engine.gears.conductor.valet;

import io.fluxrig.perf.buffer.Bytes;
import java.util.List;

/**
 * A ticket as its records on the disk tell it, before anybody asks whether this run's dialects, routes and destinations are those of
 * the run that wrote them. Only its reader makes one; its bytes are wiped with the entry's.
 */
final class StoredTicket {
    final long id;
    long requestId;
    long traceHi;
    long traceLo;
    long openedEpochNs;
    long deadlineEpochNs;
    long entryEpochNs;
    long connId;
    int mti;
    boolean requestAsFields;
    String requestDialect;
    String route;
    String conductor;
    String source;
    String rack;
    byte[] key;
    byte[] header;
    byte[] request;
    /** Null where nothing says whom it was sent to. */
    String destination;

    int outcome = TicketRecord.OPENED;
    long settledEpochNs;
    boolean answerAsFields;
    String answerDialect;
    byte[] answer;

    private StoredTicket(long id) {
        this.id = id;
    }

    /**
     * Reads an entry's records; null if they are not as this version writes them.
     */
    static StoredTicket of(long id, List<byte[]> records) {
        StoredTicket ticket = new StoredTicket(id);
        try {
            if (!ticket.readOpened(new RecordReader(records.get(0)))) {
                return null;
            }
            for (byte[] record : records.subList(1, records.size())) {
                ticket.readNext(new RecordReader(record));
            }
            return ticket;
        } catch (IndexOutOfBoundsException cutShort) {
            ticket.wipe();
            return null;
        }
    }

    private boolean readOpened(RecordReader from) {
        if (from.number() != TicketRecord.OPENED) {
            return false;
        }
        from.integer(); // of the name, as the mti says
        key = from.bytes();
        requestId = from.longNumber();
        traceHi = from.longNumber();
        traceLo = from.longNumber();
        openedEpochNs = from.longNumber();
        deadlineEpochNs = from.longNumber();
        entryEpochNs = from.longNumber();
        connId = from.longNumber();
        mti = from.integer();
        requestAsFields = from.number() == 1;
        requestDialect = from.text();
        route = from.text();
        conductor = from.text();
        source = from.text();
        rack = from.text();
        header = from.bytes();
        request = from.bytes();
        return true;
    }

    private void readNext(RecordReader from) {
        switch (from.number()) {
            case TicketRecord.SENT -> destination = from.text();
            case TicketRecord.ANSWERED -> {
                outcome = TicketRecord.ANSWERED;
                settledEpochNs = from.longNumber();
                answerAsFields = from.number() == 1;
                answerDialect = from.text();
                answer = from.bytes();
            }
            case TicketRecord.TIMED_OUT -> {
                outcome = TicketRecord.TIMED_OUT;
                settledEpochNs = from.longNumber();
            }
            default -> throw new IndexOutOfBoundsException("kind of record");
        }
    }

    /** Zeroes what may hold card data. */
    void wipe() {
        for (byte[] each : new byte[][] {key, header, request, answer}) {
            if (each != null) {
                Bytes.wipe(each);
            }
        }
    }
}
