package io.fluxrig.load.net;

import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.wire.DataElement;
import io.fluxrig.load.mix.Stamp;
import io.fluxrig.load.mix.Stencil;
import io.fluxrig.load.mix.Template;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What signs a connection on, and what of its answers does so. A sign-on is no request of the run: its connection knows its
 * STAN until it is ready, no table does. One for each loop, on its thread.
 */
public final class SignOn {
    /** {@code 0800} with network management information code 001. */
    public static final Template TEMPLATE =
            new Template("sign-on", 1, 800, Map.of(7, "$NOW", DataElement.STAN, "$STAN", 70, "001"));

    /** In the two digits of ISO 8583:1987, and in the three that some switches of its dialects write. */
    private static final Set<String> APPROVED = Set.of("00", "000");

    private final Stencil stencil;
    private final int answerMti;

    /**
     * @param stencil from now on owned by this
     * @throws IllegalArgumentException if its template's field 11 is not the run's, so that no answer could be told by it
     */
    public SignOn(Stencil stencil) {
        if (!"$STAN".equals(stencil.template().fields().get(DataElement.STAN))) {
            throw new IllegalArgumentException(
                    "template '" + stencil.template().name() + "' field 11: a sign-on needs $STAN there");
        }
        this.stencil = stencil;
        this.answerMti = stencil.template().mti() + 10;
    }

    /** @return the frame of the next sign-on, valid until the next call */
    byte[] next(Stamp stamp) {
        return stencil.next(stamp);
    }

    /** Whether a message that comes on a connection not ready yet is the answer to its sign-on. */
    boolean isAnswer(IsoMessage message) {
        return message.mti() == answerMti;
    }

    /** Whether an answer signs on the connection that sent its sign-on under that STAN. */
    boolean accepts(IsoMessage answer, int stan) {
        return isUnder(stan, answer) && isApproved(answer.text(DataElement.RESPONSE_CODE));
    }

    private static boolean isApproved(String code) {
        return code != null && APPROVED.contains(code);
    }

    /** Why an answer that is not accepted is not, for people. */
    String refusal(IsoMessage answer, int stan) {
        if (!isUnder(stan, answer)) {
            return "sign-on answered under another STAN (field 11) than it was sent with";
        }
        return answer.has(DataElement.RESPONSE_CODE)
                ? "sign-on answered with response code " + answer.text(DataElement.RESPONSE_CODE)
                : "sign-on answered without a response code (field 39)";
    }

    private static boolean isUnder(int stan, IsoMessage answer) {
        return String.format(Locale.ROOT, "%06d", stan).equals(answer.text(DataElement.STAN));
    }

    /** Zeroes its bytes: it makes no sign-on any more. */
    void wipe() {
        stencil.wipe();
    }
}
