package io.fluxrig.load.mix;

import io.fluxrig.iso.wire.DataElement;
import java.util.Arrays;
import java.util.List;

/**
 * One template as a whole frame, encoded once; each message is the same bytes with its own numbers patched in. Allocates
 * nothing. One for each loop, not thread safe; {@link #next} returns the stencil's own array, valid until the next call.
 */
public final class Stencil {
    private final Template template;
    private final byte[] frame;
    private final Patch[] patches;
    private final DigitsPatch amount;
    private final long fixedAmount;
    private final boolean rrnKnown;
    private final boolean terminalKnown;

    /**
     * @param amount writes all of field 4, null if several do or none
     * @param fixedAmount of field 4 where nothing writes it, -1 if it is not known or not there
     */
    Stencil(Template template, byte[] frame, List<Patch> patches, DigitsPatch amount, long fixedAmount) {
        this.amount = amount;
        this.fixedAmount = fixedAmount;
        this.template = template;
        this.frame = frame;
        this.patches = patches.toArray(Patch[]::new);
        this.rrnKnown = "$RRN".equals(template.fields().get(DataElement.RRN));
        this.terminalKnown = "$TERM".equals(template.fields().get(DataElement.TERMINAL));
    }

    /** @return the frame of the next message, header and all */
    public byte[] next(Stamp stamp) {
        for (Patch patch : patches) {
            patch.apply(frame, stamp);
        }
        return frame;
    }

    /** Zeroes its bytes: it makes no message any more. */
    public void wipe() {
        Arrays.fill(frame, (byte) 0);
    }

    public Template template() {
        return template;
    }

    /** Field 4 of the message just made, -1 if it has none or one that is not known. */
    public long amount() {
        return amount == null ? fixedAmount : amount.written();
    }

    /** Whether field 37 is the run's own number, so that an answer can be held against it. */
    public boolean rrnKnown() {
        return rrnKnown;
    }

    /** Whether field 41 is the connection's own number. */
    public boolean terminalKnown() {
        return terminalKnown;
    }
}
