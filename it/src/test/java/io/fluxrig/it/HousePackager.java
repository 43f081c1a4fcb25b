package io.fluxrig.it;

import org.jpos.iso.IFA_LLLCHAR;
import org.jpos.iso.IFE_CHAR;
import org.jpos.iso.ISOComponent;
import org.jpos.iso.ISOException;
import org.jpos.iso.packager.ISO87APackager;

/** A packager that no file describes: DE 41 in EBCDIC, and DE 48 the wrong way round. */
public class HousePackager extends ISO87APackager {

    /** As a gear makes it. */
    @SuppressWarnings("this-escape") // as every packager of jPOS does
    public HousePackager() {
        setFieldPackager(41, new IFE_CHAR(8, "CARD ACCEPTOR TERMINAL IDENTIFICATION"));
        setFieldPackager(48, new Reversed());
    }

    private static final class Reversed extends IFA_LLLCHAR {
        Reversed() {
            super(999, "ADDITIONAL DATA");
        }

        @Override
        public byte[] pack(ISOComponent component) throws ISOException {
            component.setValue(reversed(component));
            byte[] packed = super.pack(component);
            component.setValue(reversed(component));
            return packed;
        }

        @Override
        public int unpack(ISOComponent component, byte[] bytes, int offset) throws ISOException {
            int used = super.unpack(component, bytes, offset);
            component.setValue(reversed(component));
            return used;
        }

        private static String reversed(ISOComponent component) throws ISOException {
            return new StringBuilder((String) component.getValue()).reverse().toString();
        }
    }
}
