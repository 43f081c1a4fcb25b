package io.fluxrig.load.tally;

import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.encoding.Digits;
import io.fluxrig.iso.wire.DataElement;
import io.fluxrig.load.mix.EightDigits;
import io.fluxrig.load.mix.Stamp;
import io.fluxrig.load.mix.Stencil;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Holds every answer against the request with its STAN and counts what it is.
 *
 * <p>Wrong is: another connection's STAN; a card number, terminal, reference number or amount that is not the request's (the
 * amount of a partial approval aside); a second answer; an unknown STAN; an MTI that does not pair; no response code. None of these closes the request, so it is lost as well unless its
 * own answer comes. One for each loop; called on its thread; allocates nothing.
 */
public final class AnswerCheck {
    private static final long NOT_A_NUMBER = -1;
    /** Digits that are always read, so that shorter numbers have zeros before them. */
    private static final int ZEROS = 24;
    /** Of the first eight of those, so many belong to the last 17. */
    private static final long HIGH_MODULUS = 10;

    /** 10, 002, 0002: a part is approved; 87: the purchase without its cash back. The amount is the issuer's then. */
    private static final byte[][] PARTLY = {ascii("10"), ascii("002"), ascii("0002"), ascii("87")};

    private final OpenTable table;
    private final Tally tally;
    private final IntFunction<Stencil> stencils;
    private final long lateAfterNs;
    private final byte[] scratch = new byte[1024];

    /**
     * @param stencils the template that a number in the table stands for
     * @param lateAfterNs answers that take longer since they were sent are counted late; 0 for never
     */
    public AnswerCheck(OpenTable table, Tally tally, IntFunction<Stencil> stencils, long lateAfterNs) {
        this.table = table;
        this.tally = tally;
        this.stencils = stencils;
        this.lateAfterNs = lateAfterNs;
        Arrays.fill(scratch, 0, ZEROS, (byte) '0');
    }

    /** Zeroes what was looked at of answers. */
    public void wipe() {
        Arrays.fill(scratch, ZEROS, scratch.length, (byte) 0);
    }

    /**
     * @param connection the one that the answer came on
     * @param nowNs when, on the clock of the table
     * @param measured false during warm-up: counted, but no latency recorded
     */
    public Verdict judge(IsoMessage answer, int connection, long nowNs, boolean measured) {
        long stan = number(answer, DataElement.STAN);
        Verdict verdict = verdict(answer, connection, stan);
        switch (verdict) {
            case RIGHT -> right(answer, (int) stan, nowNs, measured);
            case CROSS_WIRED -> tally.crossWired.increment();
            case DUPLICATE -> tally.duplicates.increment();
            case UNKNOWN -> tally.unknown.increment();
            case WRONG_TYPE -> tally.wrongType.increment();
            case NO_CODE -> tally.unreadable.increment();
        }
        return verdict;
    }

    private Verdict verdict(IsoMessage answer, int connection, long stanNumber) {
        if (stanNumber < 1 || stanNumber > 999_999) {
            return Verdict.UNKNOWN;
        }
        int stan = (int) stanNumber;
        if (!table.owns(stan)) {
            return Verdict.CROSS_WIRED;
        }
        if (table.state(stan) == OpenTable.NEVER) {
            return Verdict.UNKNOWN;
        }
        if (table.connection(stan) != connection) {
            return Verdict.CROSS_WIRED;
        }
        Stencil stencil = stencils.apply(table.template(stan));
        if (!sameReference(answer, stan, stencil)) {
            return Verdict.CROSS_WIRED;
        }
        if (table.state(stan) == OpenTable.ANSWERED) {
            return Verdict.DUPLICATE;
        }
        if (answer.mti() != stencil.template().mti() + 10) {
            return Verdict.WRONG_TYPE;
        }
        if (!answer.has(DataElement.RESPONSE_CODE)) {
            return Verdict.NO_CODE;
        }
        return sameCard(answer, stan) && sameTerminal(answer, connection, stencil) && sameAmount(answer, stan)
                ? Verdict.RIGHT
                : Verdict.CROSS_WIRED;
    }

    private boolean sameReference(IsoMessage answer, int stan, Stencil stencil) {
        return !stencil.rrnKnown()
                || !answer.has(DataElement.RRN)
                || number(answer, DataElement.RRN) == table.rrn(stan);
    }

    private boolean sameCard(IsoMessage answer, int stan) {
        return table.panTail(stan) < 0
                || !answer.has(DataElement.PAN)
                || number(answer, DataElement.PAN) == table.panTail(stan);
    }

    private boolean sameAmount(IsoMessage answer, int stan) {
        return table.amount(stan) < 0
                || !answer.has(DataElement.AMOUNT)
                || number(answer, DataElement.AMOUNT) == table.amount(stan)
                || approvesAPart(answer);
    }

    private static boolean approvesAPart(IsoMessage answer) {
        for (byte[] code : PARTLY) {
            if (answer.valueEquals(DataElement.RESPONSE_CODE, code)) {
                return true;
            }
        }
        return false;
    }

    private boolean sameTerminal(IsoMessage answer, int connection, Stencil stencil) {
        return !stencil.terminalKnown()
                || !answer.has(DataElement.TERMINAL)
                || number(answer, DataElement.TERMINAL) % Stamp.TERMINALS_APART == connection;
    }

    private void right(IsoMessage answer, int stan, long nowNs, boolean measured) {
        int length = answer.length(DataElement.RESPONSE_CODE);
        int code = ResponseCodes.NONE;
        if (length > 0 && length <= scratch.length - ZEROS) {
            code = ResponseCodes.pack(scratch, ZEROS, answer.copyTo(DataElement.RESPONSE_CODE, scratch, ZEROS));
        }
        AnswerClass answerClass = tally.codes.count(code);
        tally.answers.get(answerClass).increment();
        long serviceNs = nowNs - table.sentNs(stan);
        if (lateAfterNs > 0 && serviceNs > lateAfterNs) {
            tally.late.increment();
        }
        if (answerClass == AnswerClass.TIMEOUT && serviceNs < AnswerClass.AT_ONCE_NS) {
            tally.refused.increment();
        }
        if (measured) {
            tally.latency.get(answerClass).record(nowNs - table.intendedNs(stan));
            if (answerClass != AnswerClass.TIMEOUT) {
                tally.service.record(serviceNs);
            }
        }
        table.close(stan);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The field's digits as a number, its last 17 if it has more; {@link #NOT_A_NUMBER} if it has none or others. */
    private long number(IsoMessage answer, int field) {
        int length = answer.length(field);
        if (length <= 0 || length > scratch.length - ZEROS) {
            return NOT_A_NUMBER;
        }
        answer.copyTo(field, scratch, ZEROS);
        if (!Digits.areAscii(scratch, ZEROS, length)) {
            return NOT_A_NUMBER;
        }
        long high = EightDigits.read(scratch, length) % HIGH_MODULUS;
        long middle = EightDigits.read(scratch, length + 8);
        return (high * EightDigits.MODULUS + middle) * EightDigits.MODULUS + EightDigits.read(scratch, length + 16);
    }
}
