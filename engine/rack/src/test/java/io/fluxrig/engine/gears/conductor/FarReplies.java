package io.fluxrig.engine.gears.conductor;

import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.engine.strip.plan.StripPlan;
import io.fluxrig.transport.ends.WireRings;
import io.fluxrig.transport.journal.store.SyncMode;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.FluxMsgWriter;
import io.fluxrig.transport.msg.MetaKey;
import java.util.Map;

/** The end of a wire from another rack at the {@code in_reply} of a conductor that is gear 0, and what comes over it. */
final class FarReplies {
    static final StripPlan.Arriving END = new StripPlan.Arriving(
            0,
            ConductorFactory.IN_REPLY_PORT,
            new StripPlan.Carriage("->east.switch.in_reply", "flux.msg.east.switch.in_reply", false, SyncMode.OS));

    private FarReplies() {}

    /** As a rack sends it that had it decoded in that version of a dialect: fields, and no dialect. */
    static void offer(WireRings to, String specId, String specHash, int mti, Map<Integer, String> fields) {
        IsoPayload sent = new IsoPayload();
        sent.message().setMti(mti);
        fields.forEach(sent.message()::setAscii);
        FluxMsg message = new FluxMsg();
        message.id(77);
        message.meta().set(MetaKey.FLUXRIG_SOURCE, "host_west");
        message.meta().set(MetaKey.CODEC_SPEC_ID, specId);
        message.meta().set(MetaKey.CODEC_SPEC_HASH, specHash);
        message.payload(sent);
        byte[] bytes = new byte[2048];
        int length = new FluxMsgWriter().write(message, bytes, 0, bytes.length);
        to.offer(0, 3, false, bytes, 0, length);
    }
}
