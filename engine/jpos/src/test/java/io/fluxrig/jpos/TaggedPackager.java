package io.fluxrig.jpos;

import org.jpos.iso.IFA_AMOUNT2003;
import org.jpos.iso.IFA_BITMAP;
import org.jpos.iso.IFA_LLCHAR;
import org.jpos.iso.IFA_LLLBINARY;
import org.jpos.iso.IFA_LLLCHAR;
import org.jpos.iso.IFA_LLNUM;
import org.jpos.iso.IFA_NUMERIC;
import org.jpos.iso.IFB_BINARY;
import org.jpos.iso.IF_CHAR;
import org.jpos.iso.ISOBasePackager;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOFieldPackager;
import org.jpos.iso.ISOMsgFieldPackager;
import org.jpos.iso.packager.GenericSubFieldPackager;
import org.jpos.tlv.packager.bertlv.BERTLVBinaryPackager;

/** What somebody may have written in code: a header, chip data, parts by their places, an amount with its currency. */
public final class TaggedPackager extends ISOBasePackager {

    /** As a gear makes it. */
    public TaggedPackager() throws ISOException {
        ISOFieldPackager[] fields = new ISOFieldPackager[129];
        fields[0] = new IFA_NUMERIC(4, "MTI");
        fields[1] = new IFA_BITMAP(16, "BITMAP");
        fields[2] = new IFA_LLNUM(19, "PAN");
        fields[11] = new IFA_NUMERIC(6, "STAN");
        fields[48] = new ISOMsgFieldPackager(new IFA_LLLCHAR(999, "ADDITIONAL DATA"), places());
        fields[52] = new IFB_BINARY(8, "PIN BLOCK");
        BERTLVBinaryPackager chip = new BERTLVBinaryPackager();
        chip.setFieldPackager(new ISOFieldPackager[1]);
        fields[55] = new ISOMsgFieldPackager(new IFA_LLLBINARY(999, "ICC"), chip);
        fields[60] = new IFA_AMOUNT2003();
        fields[60].setLength(16);
        fields[70] = new IFA_NUMERIC(3, "NMIC");
        setFieldPackager(fields);
        setHeaderLength(2);
    }

    private static GenericSubFieldPackager places() throws ISOException {
        GenericSubFieldPackager places = new GenericSubFieldPackager() {
            @Override
            protected boolean emitBitMap() {
                return false;
            }
        };
        places.setFieldPackager(
                new ISOFieldPackager[] {null, new IF_CHAR(2, "KIND"), new IFA_LLCHAR(20, "TEXT"), new IF_CHAR(3, "CODE")
                });
        return places;
    }
}
