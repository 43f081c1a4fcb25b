package io.fluxrig.jpos;

import java.io.IOException;
import java.io.InputStream;
import org.jpos.iso.ISOBasePackager;
import org.jpos.iso.ISOComponent;
import org.jpos.iso.ISOException;
import org.jpos.iso.ISOFieldPackager;
import org.jpos.iso.ISOMsg;
import org.jpos.iso.ISOMsgFieldPackager;
import org.jpos.iso.ISOPackager;
import org.jpos.iso.packager.ISOMsgFieldValidatingPackager;
import org.jpos.tlv.packager.bertlv.BERTLVBinaryPackager;
import org.jpos.tlv.packager.bertlv.BERTLVPackager;

/**
 * Stands in front of jPOS's BER-TLV packagers, which make an array of whatever length a message tells, up to two gigabytes: one
 * message would end the process. Looks at every length before they do ({@link TlvLengths}). One thread at a time, as the packager behind it.
 */
final class TlvGuard implements ISOPackager {
    private static final int DEPTH_MAX = 16;
    private static final int FIELD_MAX = 192;

    private final BERTLVPackager guarded;

    private TlvGuard(BERTLVPackager guarded) {
        this.guarded = guarded;
    }

    /** Puts a guard in front of each such packager that is a field's of this one, or of a packager inside. */
    static void install(ISOPackager packager) throws PackagerFault {
        install(packager, 0);
    }

    private static void install(ISOPackager packager, int depth) throws PackagerFault {
        if (!(packager instanceof ISOBasePackager base) || depth > DEPTH_MAX) {
            return;
        }
        for (int field = 0; field <= FIELD_MAX; field++) {
            ISOFieldPackager own = base.getFieldPackager(field);
            if (own == null || !isOfJpos(own)) {
                continue; // one of somebody's own does what its code says
            }
            ISOMsgFieldPackager parts = (ISOMsgFieldPackager) own;
            if (parts.getISOMsgPackager() instanceof BERTLVPackager tlv) {
                refuseFields(tlv, field);
                base.setFieldPackager(field, new ISOMsgFieldPackager(parts.getISOFieldPackager(), new TlvGuard(tlv)));
            } else {
                install(parts.getISOMsgPackager(), depth + 1);
            }
        }
    }

    private static boolean isOfJpos(ISOFieldPackager packager) {
        return packager.getClass() == ISOMsgFieldPackager.class
                || packager.getClass() == ISOMsgFieldValidatingPackager.class;
    }

    /** One with fields of its own takes those first, from where the guard reads a tag. */
    private static void refuseFields(BERTLVPackager tlv, int field) throws PackagerFault {
        for (int own = 1; own <= FIELD_MAX; own++) {
            if (tlv.getFieldPackager(own) != null) {
                throw new PackagerFault(
                        JposCodecFactory.PACKAGER,
                        "field " + field + " is BER-TLV with a field " + own
                                + " of its own, whose lengths cannot be looked at ahead of jPOS",
                        "give it tags only",
                        null);
            }
        }
    }

    /** The packager behind a guard; any other one as it is. */
    static ISOPackager bare(ISOPackager packager) {
        return packager instanceof TlvGuard guard ? guard.guarded : packager;
    }

    @Override
    public int unpack(ISOComponent message, byte[] bytes) throws ISOException {
        if (!new TlvLengths(bytes, !(guarded instanceof BERTLVBinaryPackager)).fit()) {
            throw new ISOException("BER-TLV: a length beyond its bytes");
        }
        return guarded.unpack(message, bytes);
    }

    @Override
    public byte[] pack(ISOComponent message) throws ISOException {
        return guarded.pack(message);
    }

    @Override
    public void unpack(ISOComponent message, InputStream in) throws IOException, ISOException {
        unpack(message, in.readAllBytes());
    }

    @Override
    public String getDescription() {
        return guarded.getDescription();
    }

    @Override
    public String getFieldDescription(ISOComponent message, int field) {
        return guarded.getFieldDescription(message, field);
    }

    @Override
    public ISOMsg createISOMsg() {
        return guarded.createISOMsg();
    }
}
