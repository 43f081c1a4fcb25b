package io.fluxrig.engine.gears.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.engine.gear.Outcome;
import io.fluxrig.engine.gear.Signal;
import io.fluxrig.engine.gears.Probe;
import io.fluxrig.engine.gears.SimRig;
import io.fluxrig.engine.message.IsoPayload;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.transport.msg.FluxMsg;
import io.fluxrig.transport.msg.MetaKey;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CodecGearTest {
    /** 0800: bitmap 82 20 00 00 00 00 00 00 and 04 00 .. (7, 11, 70). */
    private static final byte[] ECHO_0800 =
            "0800822000000000000004000000000000001123104500000123301".getBytes(US_ASCII);

    private static final byte[] WITHOUT_DE_70 = "080002200000000000001123104500000123".getBytes(US_ASCII);

    private static final String GEARS = """
            gears:
              - { name: source, type: probe }
              - name: codec
                type: codec_iso8583
                config: { spec_path: %s, direction: %s, on_error: %s }
              - { name: sink, type: probe }
              - { name: errors, type: probe }
            wires:
              - { from: source.out, to: codec.in }
              - { from: codec.out, to: sink.in }
            %s
            """;
    private static final String ERROR_WIRE = "  - { from: codec.error, to: errors.in }";

    private static SimRig rig(String spec, String direction, String onError, boolean errorWired) {
        return new SimRig(GEARS.formatted(spec, direction, onError, errorWired ? ERROR_WIRE : ""));
    }

    private static SimRig rig(String direction) {
        return rig(SimRig.ASCII, direction, "reject", true);
    }

    @Test
    void shouldDecodeBytesAndDescribeThem() {
        SimRig rig = rig("auto");

        assertThat(rig.send("source", "out", SimRig.raw(ECHO_0800))).isEqualTo(Outcome.ACCEPTED);

        Probe.Seen seen = rig.probe("sink").seen.get(0);
        assertThat(seen.fields())
                .containsEntry(0, "0800")
                .containsEntry(11, "000123")
                .containsEntry(70, "301");
        assertThat(seen.raw()).isEqualTo(ECHO_0800);
        assertThat(seen.meta(MetaKey.ISO_MTI)).isEqualTo("0800");
        assertThat(seen.meta(MetaKey.ISO_MTI_CLASS)).isEqualTo("network_management");
        assertThat(seen.meta(MetaKey.CODEC_PROTOCOL)).isEqualTo("iso8583");
        assertThat(seen.meta(MetaKey.CODEC_SPEC_ID)).isEqualTo("v87-ascii");
        assertThat(seen.meta(MetaKey.CODEC_SPEC_HASH))
                .isEqualTo(rig.spec(SimRig.ASCII).shortHash());
    }

    @Test
    void shouldTellViolationsOfTheSpecWhereItWarns() {
        SimRig rig = rig(SimRig.ASCII, "auto", "reject, validation: warn", true);

        rig.send("source", "out", SimRig.raw(WITHOUT_DE_70));

        assertThat(rig.probe("sink").seen.get(0).meta(MetaKey.CODEC_VIOLATIONS)).isEqualTo("70 missing reject");
        assertThat(rig.probe("errors").seen).isEmpty();
    }

    @Test
    void shouldRefuseViolationsOfTheSpecWhereItEnforces() {
        SimRig rig = rig(SimRig.ASCII, "auto", "reject, validation: enforce", true);

        rig.send("source", "out", SimRig.raw(WITHOUT_DE_70));
        rig.send("source", "out", SimRig.raw(ECHO_0800));

        assertThat(rig.probe("errors").seen).hasSize(1);
        assertThat(rig.probe("errors").seen.get(0).meta(MetaKey.ERROR_REASON)).isEqualTo("invalid");
        assertThat(rig.probe("errors").seen.get(0).meta(MetaKey.CODEC_VIOLATIONS))
                .isEqualTo("70 missing reject");
        assertThat(rig.probe("sink").seen).hasSize(1);
    }

    @Test
    void shouldCountViolationsBySeverityKindAndMessageType() {
        SimRig rig = rig(SimRig.ASCII, "auto", "reject, validation: warn", true);

        rig.send("source", "out", SimRig.raw(WITHOUT_DE_70));
        rig.send("source", "out", SimRig.raw(WITHOUT_DE_70));

        assertThat(violations(rig, "0800")).isEqualTo(2);
    }

    @Test
    void shouldMakeNoMetricsOfMadeUpMessageTypes() {
        SimRig rig = rig(SimRig.ASCII, "auto", "reject, validation: warn", true);

        for (int mti = 1000; mti < 1000 + 2 * ViolationCounters.TYPES_MAX; mti++) {
            String made = mti + new String(WITHOUT_DE_70, US_ASCII).substring(4);
            rig.send("source", "out", SimRig.raw(made.getBytes(US_ASCII)));
        }

        assertThat(violations(rig, "1000")).isZero();
        assertThat(rig.strips
                        .metrics()
                        .gear("codec", 0)
                        .counter("codec_violations_total", "", "severity", "reject", "kind", "mti", "mti", "other")
                        .get())
                .isEqualTo(ViolationCounters.TYPES_MAX);
    }

    private static long violations(SimRig rig, String mti) {
        return rig.strips
                .metrics()
                .gear("codec", 0)
                .counter("codec_violations_total", "", "severity", "reject", "kind", "missing", "mti", mti)
                .get();
    }

    @Test
    void shouldCheckBytesThatNobodyTouchedWhereTheEncoderIsAskedTo() {
        SimRig rig = rig(SimRig.ASCII, "encode", "reject, validation: enforce", true);

        rig.send("source", "out", rig.decoded(SimRig.ASCII, Map.of(0, "0800", 7, "1123104500", 11, "000123")));

        assertThat(rig.probe("sink").seen).isEmpty();
        assertThat(rig.probe("errors").seen.get(0).meta(MetaKey.CODEC_VIOLATIONS))
                .isEqualTo("70 missing reject");
    }

    @Test
    void shouldPassBytesThroughThatNobodyTouched() {
        SimRig rig = rig("auto");
        FluxMsg message = rig.decoded(SimRig.ASCII, Map.of(0, "0800", 7, "1123104500", 11, "000123", 70, "301"));

        rig.send("source", "out", message);

        assertThat(rig.probe("sink").seen.get(0).raw()).isEqualTo(ECHO_0800);
        assertThat(rig.probe("sink").seen.get(0).fields()).isEmpty();
    }

    @Test
    void shouldEncodeWhatWasChanged() {
        SimRig rig = rig("auto");
        FluxMsg message = rig.decoded(SimRig.ASCII, Map.of(0, "0800", 7, "1123104500", 11, "000123", 70, "301"));
        IsoMessage fields = ((IsoPayload) message.payload()).message();
        fields.setMti(810);
        fields.setAscii(39, "00");

        rig.send("source", "out", message);

        assertThat(new String(rig.probe("sink").seen.get(0).raw(), US_ASCII))
                .isEqualTo("081082200000020000000400000000000000112310450000012300301");
    }

    @Test
    void shouldWriteAnotherDialectFromWhatValuesMean() {
        SimRig rig = rig(SimRig.BCD, "encode", "reject", true);
        SimRig ascii = rig("auto");
        FluxMsg message = ascii.decoded(SimRig.ASCII, Map.of(0, "0800", 7, "1123104500", 11, "000123", 70, "301"));

        rig.send("source", "out", message);

        assertThat(rig.probe("sink").seen.get(0).raw())
                .startsWith(0x08, 0x00, 0x82, 0x20)
                .endsWith(0x11, 0x23, 0x10, 0x45, 0x00, 0x00, 0x01, 0x23, 0x03, 0x01);
    }

    @Test
    void shouldPutMessageBackWhenNobodyTookIt() {
        SimRig rig = rig("auto");
        rig.probe("sink").outcome = message -> Outcome.FULL;
        FluxMsg message = rig.decoded(SimRig.ASCII, Map.of(0, "0800", 7, "1123104500", 11, "000123", 70, "301"));
        Object payload = message.payload();
        byte[] raw = message.raw();
        ((IsoPayload) payload).message().setAscii(39, "00");

        assertThat(rig.send("source", "out", message)).isEqualTo(Outcome.FULL);

        assertThat(message.payload()).isSameAs(payload);
        assertThat(message.raw()).isSameAs(raw);
    }

    @Test
    void shouldTellWhoeverAskedThatTheWireHasHadNoRoomForTooLong() {
        SimRig rig = rig("decode");
        rig.probe("sink").outcome = message -> Outcome.STALLED;

        assertThat(rig.send("source", "out", SimRig.raw(ECHO_0800))).isEqualTo(Outcome.ACCEPTED);

        Probe.Seen seen = rig.probe("errors").seen.get(0);
        assertThat(seen.meta(MetaKey.ERROR_REASON)).isEqualTo("overload");
        assertThat(seen.fields()).containsEntry(11, "000123");
    }

    @Test
    void shouldTellNobodyOnThatSideOfAnAnswerThatTheWireHasNoRoomFor() {
        SimRig rig = rig("decode");
        rig.probe("sink").outcome = message -> Outcome.STALLED;

        byte[] answer = ECHO_0800.clone();
        answer[2] = '1'; // 0810

        assertThat(rig.send("source", "out", SimRig.raw(answer))).isEqualTo(Outcome.STALLED);
        assertThat(rig.probe("errors").seen).isEmpty();
    }

    @Test
    void shouldHaveItOfferedAgainWhereThereIsNoRoomToSaySo() {
        SimRig rig = rig("decode");
        rig.probe("sink").outcome = message -> Outcome.STALLED;
        rig.probe("errors").outcome = message -> Outcome.FULL;
        FluxMsg message = SimRig.raw(ECHO_0800);

        assertThat(rig.send("source", "out", message)).isEqualTo(Outcome.FULL);
        assertThat(message.meta().has(MetaKey.ERROR_REASON)).isFalse();
    }

    @Test
    void shouldSayThatTheWireIsStalledWhereErrorLeadsNowhere() {
        SimRig rig = rig(SimRig.ASCII, "decode", "reject", false);
        rig.probe("sink").outcome = message -> Outcome.STALLED;

        assertThat(rig.send("source", "out", SimRig.raw(ECHO_0800))).isEqualTo(Outcome.STALLED);
    }

    @Test
    void shouldSendMalformedToErrorWithPlaceAndWithoutValue() {
        SimRig rig = rig("decode");
        byte[] bytes = ECHO_0800.clone();
        bytes[bytes.length - 1] = 'X';

        assertThat(rig.send("source", "out", SimRig.raw(bytes))).isEqualTo(Outcome.ACCEPTED);

        Probe.Seen seen = rig.probe("errors").seen.get(0);
        assertThat(seen.meta(MetaKey.ERROR_REASON)).isEqualTo("malformed");
        assertThat(seen.meta(MetaKey.CODEC_VIOLATIONS)).contains("DE 70").doesNotContain("30X");
        assertThat(rig.probe("sink").seen).isEmpty();
    }

    @Test
    void shouldSendTheFieldsBeforeTheFaultToError() {
        SimRig rig = rig("decode");
        byte[] bytes = ECHO_0800.clone();
        bytes[bytes.length - 1] = 'X';

        rig.send("source", "out", SimRig.raw(bytes));

        Probe.Seen seen = rig.probe("errors").seen.get(0);
        assertThat(seen.fields())
                .containsEntry(0, "0800")
                .containsEntry(11, "000123")
                .doesNotContainKey(70);
        assertThat(seen.meta(MetaKey.ISO_MTI)).isEqualTo("0800");
    }

    @Test
    void shouldSendWhatBreaksTheSpecsRulesToErrorWithItsFields() {
        SimRig rig = rig(SimRig.ASCII, "auto", "reject, validation: enforce", true);

        rig.send("source", "out", SimRig.raw(WITHOUT_DE_70));

        assertThat(rig.probe("errors").seen.get(0).fields()).containsEntry(11, "000123");
    }

    @Test
    void shouldRefuseMalformedWhereErrorLeadsNowhere() {
        SimRig rig = rig(SimRig.ASCII, "decode", "reject", false);

        assertThat(rig.send("source", "out", SimRig.raw(new byte[] {1}))).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void shouldDropMalformedWithoutTellingError() {
        SimRig rig = rig(SimRig.ASCII, "decode", "drop", true);

        assertThat(rig.send("source", "out", SimRig.raw(new byte[] {1}))).isEqualTo(Outcome.REFUSED);
        assertThat(rig.probe("errors").seen).isEmpty();
    }

    @Test
    void shouldAskToCloseTheConnectionOfMalformedOnKill() {
        SimRig rig = rig(SimRig.ASCII, "decode", "kill", true);

        rig.send("source", "out", SimRig.raw(new byte[] {1}));
        rig.strips.settle();

        assertThat(rig.probe("sink").signals).containsExactly(new Signal.ConnClose(77, "malformed"));
    }

    @Test
    void shouldRefuseToEncodeBytesWithoutFields() {
        SimRig rig = rig("encode");

        rig.send("source", "out", SimRig.raw(ECHO_0800));

        assertThat(rig.probe("errors").seen.get(0).meta(MetaKey.ERROR_REASON)).isEqualTo("not_encodable");
    }

    @Test
    void shouldWipeFieldsWhenTheBatchEnds() {
        SimRig rig = rig("decode");
        IsoMessage[] lent = new IsoMessage[1];
        boolean[] fullDuringBatch = new boolean[1];
        rig.probe("sink").outcome = message -> {
            lent[0] = ((IsoPayload) message.payload()).message();
            fullDuringBatch[0] = lent[0].has(11);
            return Outcome.ACCEPTED;
        };

        rig.send("source", "out", SimRig.raw(ECHO_0800));

        assertThat(fullDuringBatch[0]).isTrue();
        assertThat(lent[0].nextField(-1)).isEqualTo(-1);
    }
}
