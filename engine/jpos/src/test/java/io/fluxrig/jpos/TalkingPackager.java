package io.fluxrig.jpos;

import org.jpos.iso.ISOComponent;
import org.jpos.iso.ISOException;
import org.jpos.iso.packager.ISO87APackager;

/** Quotes the card number in what it throws, as code does that was written to be debugged. */
public class TalkingPackager extends ISO87APackager {
    static final String PAN = "4761739001010119";

    @Override
    public byte[] pack(ISOComponent message) throws ISOException {
        throw new ISOException("no account " + PAN, new IllegalStateException(PAN));
    }

    @Override
    public int unpack(ISOComponent message, byte[] bytes) throws ISOException {
        super.unpack(message, bytes);
        throw new IllegalArgumentException("no account " + PAN);
    }
}
