package io.fluxrig.transport.msg;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.fluxrig.transport.cbor.CborFault;
import io.fluxrig.transport.cbor.CborWriter;
import io.fluxrig.transport.cbor.Hex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FluxMsgCborTest {
    private static final ObjectMapper JACKSON = new ObjectMapper(new CBORFactory());

    private final FluxMsgWriter writer = new FluxMsgWriter();
    private final FluxMsgReader reader = new FluxMsgReader();
    private final byte[] dst = new byte[4096];

    private byte[] write(FluxMsg message) {
        int length = writer.write(message, dst, 5, dst.length);
        assertThat(length).isPositive();
        return Arrays.copyOfRange(dst, 5, 5 + length);
    }

    private int read(String hex, FluxMsg into) {
        byte[] bytes = Hex.bytes(hex);
        return reader.read(bytes, 0, bytes.length, into);
    }

    private static FluxMsg full() {
        FluxMsg message = new FluxMsg();
        message.id(1L << 40);
        message.refId(7);
        message.trace(0x0af7651916cd43ddL, 0x8448eb211c80319cL);
        message.srcId(3);
        message.flags(1);
        message.tsEpochNs(-5);
        message.meta().set(MetaKey.CONN_ID, 72057594037927936L);
        message.meta().set(MetaKey.FLUXRIG_SOURCE, "terminals");
        message.meta().setBytes(MetaKey.ISO_RAW_HEADER, new byte[] {0x60, (byte) 0xAB}, 0, 2);
        message.raw(new byte[] {9, 1, 2, 3}, 1, 3);
        message.path().add(1, 0, 1_000_000_000L);
        message.path().add(300, 2, 2);
        return message;
    }

    @Test
    void shouldWriteAnEmptyMessageAsLiteralBytes() {
        assertThat(Hex.text(write(new FluxMsg()), 0, 44))
                .isEqualTo("a7" + "62696400" + "62747300" + "646d657461a0" + "6470617468" + "80" + "65666c61677300"
                        + "667265665f696400" + "667372635f696400");
    }

    @Test
    void shouldWriteWhatJacksonReads() throws IOException {
        JsonNode tree = JACKSON.readTree(write(full()));
        assertThat(tree.fieldNames())
                .toIterable()
                .containsExactly("id", "ts", "raw", "meta", "path", "flags", "trace", "ref_id", "src_id");
        assertThat(tree.get("id").longValue()).isEqualTo(1L << 40);
        assertThat(tree.get("ts").longValue()).isEqualTo(-5);
        assertThat(tree.get("raw").binaryValue()).containsExactly(1, 2, 3);
        assertThat(tree.get("trace").textValue()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(tree.get("path").toString()).isEqualTo("[[1,0,1000000000],[300,2,2]]");
        assertThat(tree.get("meta").toString())
                .isEqualTo("{\"conn.id\":\"72057594037927936\",\"fluxrig.source\":\"terminals\","
                        + "\"iso8583.raw_header\":\"hex:60ab\"}");
    }

    @Test
    void shouldReadBackEverythingItWrites() {
        byte[] bytes = write(full());
        FluxMsg read = new FluxMsg();
        assertThat(reader.read(bytes, 0, bytes.length, read)).isZero();
        assertThat(read.id()).isEqualTo(1L << 40);
        assertThat(read.refId()).isEqualTo(7);
        assertThat(read.traceHi()).isEqualTo(0x0af7651916cd43ddL);
        assertThat(read.traceLo()).isEqualTo(0x8448eb211c80319cL);
        assertThat(read.srcId()).isEqualTo(3);
        assertThat(read.flags()).isEqualTo(1);
        assertThat(read.tsEpochNs()).isEqualTo(-5);
        assertThat(read.meta().number(MetaKey.CONN_ID, -1)).isEqualTo(72057594037927936L);
        assertThat(read.meta().text(MetaKey.FLUXRIG_SOURCE)).isEqualTo("terminals");
        byte[] header = new byte[2];
        assertThat(read.meta().bytes(MetaKey.ISO_RAW_HEADER, header, 0)).isEqualTo(2);
        assertThat(header).containsExactly(0x60, 0xAB);
        assertThat(read.rawLength()).isEqualTo(3);
        assertThat(read.raw()[read.rawOffset()]).isEqualTo((byte) 1);
        assertThat(read.path().count()).isEqualTo(2);
        assertThat(read.path().gear(1)).isEqualTo(300);
        assertThat(read.path().epochNs(0)).isEqualTo(1_000_000_000L);
        assertThat(write(read)).isEqualTo(bytes);
    }

    @Test
    void shouldKnowEveryMetaKeyAloneAndTogether() {
        FluxMsg all = new FluxMsg();
        for (MetaKey key : MetaKey.values()) {
            FluxMsg one = new FluxMsg();
            one.meta().set(key, key.text());
            all.meta().set(key, key.text());
            byte[] bytes = write(one);
            FluxMsg read = new FluxMsg();
            assertThat(reader.read(bytes, 0, bytes.length, read)).isZero();
            assertThat(read.meta().text(key)).isEqualTo(key.text());
            assertThat(read.meta().extras().count()).isZero();
        }
        byte[] bytes = write(all);
        FluxMsg read = new FluxMsg();
        assertThat(reader.read(bytes, 0, bytes.length, read)).isZero();
        assertThat(MetaKey.values())
                .allSatisfy(key -> assertThat(read.meta().text(key)).isEqualTo(key.text()));
        assertThat(read.meta().extras().count()).isZero();
    }

    @Test
    void shouldWriteTheTextThatASlotHoldsNowWhateverItHeldBefore() throws IOException {
        FluxMsg message = new FluxMsg();
        for (String text : new String[] {"a", "b", "\u00fc", "a", "x".repeat(200), "a", ""}) {
            message.meta().set(MetaKey.ERROR_REASON, text);
            for (int i = 0; i < 2; i++) {
                JsonNode meta = JACKSON.readTree(write(message)).get("meta");
                assertThat(meta.get("error.reason").textValue()).isEqualTo(text);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0123456789abcdeffedcba9876543210, 0123456789abcdeffedcba9876543210",
        "0123456789ABCDEFFEDCBA9876543210, 0123456789abcdeffedcba9876543210",
        "ffffffffffffffff0000000000000000, ffffffffffffffff0000000000000000",
        "00000000000000000000000000000001, 00000000000000000000000000000001"
    })
    void shouldReadATraceInEitherCaseAndWriteItInLower(String trace, String written) throws IOException {
        FluxMsg read = new FluxMsg();
        String hex = Hex.text(trace.getBytes(StandardCharsets.US_ASCII), 0, 32);
        assertThat(read("a1 657472616365 7820" + hex, read)).isZero();
        assertThat(String.format("%016x%016x", read.traceHi(), read.traceLo())).isEqualTo(written);
        assertThat(JACKSON.readTree(write(read)).get("trace").textValue()).isEqualTo(written);
    }

    /** Each character that is no digit, at each place. */
    @Test
    void shouldRefuseEveryTraceWithACharacterThatIsNoDigit() {
        FluxMsg read = new FluxMsg();
        for (int place = 0; place < 32; place++) {
            for (int character = 0; character < 128; character++) {
                byte[] trace = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
                trace[place] = (byte) character;
                int fault = read("a1 657472616365 7820" + Hex.text(trace, 0, 32), read);
                boolean digit = Character.digit(character, 16) >= 0;
                assertThat(fault).isEqualTo(digit ? CborFault.NONE : CborFault.WRONG_VALUE);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 23, 24, 48, 49, 256})
    void shouldWriteConstantsOfAnyLengthAgainAndAgain(int length) {
        FluxMsg message = new FluxMsg();
        FluxMsg read = new FluxMsg();
        for (String text : new String[] {"a".repeat(length), "b".repeat(length), "\u00e9".repeat(length), "x"}) {
            message.meta().set(MetaKey.CODEC_SPEC_VERSION, text);
            for (int again = 0; again < 2; again++) {
                byte[] bytes = write(message);
                assertThat(reader.read(bytes, 0, bytes.length, read)).isZero();
                assertThat(read.meta().text(MetaKey.CODEC_SPEC_VERSION)).isEqualTo(text);
            }
        }
    }

    @Test
    void shouldLetGoOfBytesThatHoldNothingOfTheMessageReadLast() {
        byte[] first = write(full());
        FluxMsg read = new FluxMsg();
        assertThat(reader.read(first, 0, first.length, read)).isZero();
        assertThat(read.raw()).isSameAs(first);
        byte[] second = write(new FluxMsg());
        assertThat(reader.read(second, 0, second.length, read)).isZero();
        assertThat(read.raw()).isEmpty();
        assertThat(read.rawOffset()).isZero();
        assertThat(reader.read(first, 0, first.length, read)).isZero();
        assertThat(reader.read(first, 0, first.length - 1, read)).isNegative();
        assertThat(read.raw()).isEmpty();
    }

    @Test
    void shouldKeepKeysThatBeginLikeKnownOnes() {
        String meta = "a5" + "67636f6e6e2e6963" + "6130" + "67636f6e6e2e6964" + "6131" + "67636f6e6e2e6965" + "6132"
                + "6e69736f383538332e6578745f6964" + "6133" + "6e69736f383538332e7372635f6964" + "6134";
        FluxMsg read = new FluxMsg();
        assertThat(read("a1 646d657461" + meta, read)).isZero();
        assertThat(read.meta().text(MetaKey.CONN_ID)).isEqualTo("1");
        assertThat(read.meta().text(MetaKey.ISO_SRC_ID)).isEqualTo("4");
        assertThat(read.meta().extras().count()).isEqualTo(3);
        byte[] again = write(read);
        assertThat(Hex.text(again, 0, again.length)).contains(meta);
    }

    @Test
    void shouldPassUnknownKeysThroughAtBothLevels() {
        String hex = "ab" + "617a" + "8101" + "62696407" + "62747300" + "6378797a" + "a16161f5" + "646d657461"
                + "a3" + "6161" + "6131" + "67636f6e6e2e6964" + "6135" + "687a7a7a7a7a7a7a7a" + "6132" + "6470617468"
                + "80"
                + "65666c61677300" + "667265665f696400" + "667372635f696400" + "667a7a7a7a7a7a" + "f6"
                + "78187a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a" + "4101";
        FluxMsg read = new FluxMsg();
        assertThat(read(hex, read)).isZero();
        assertThat(read.meta().number(MetaKey.CONN_ID, -1)).isEqualTo(5);
        byte[] again = write(read);
        assertThat(Hex.text(again, 0, again.length)).isEqualTo(hex);
        FluxMsg copy = new FluxMsg();
        copy.copyFrom(read, null);
        read.clear();
        assertThat(Hex.text(write(copy), 0, again.length)).isEqualTo(hex);
        assertThat(Hex.text(write(read), 0, 1)).isEqualTo("a7");
    }

    @Test
    void shouldPassDataThroughUnread() {
        String hex = "a8" + "62696407" + "62747300" + "6464617461" + "a163666f6f8102" + "646d657461a0" + "647061746880"
                + "65666c61677300" + "667265665f696400" + "667372635f696400";
        FluxMsg read = new FluxMsg();
        assertThat(read(hex, read)).isZero();
        assertThat(read.dataLength()).isEqualTo(7);
        byte[] again = write(read);
        assertThat(Hex.text(again, 0, again.length)).isEqualTo(hex);
    }

    @Test
    void shouldWriteAPayloadOrLeaveItOut() {
        FluxMsg message = new FluxMsg();
        message.payload(new Payload() {
            @Override
            public boolean derivedFromRaw() {
                return false;
            }

            @Override
            public void writeTo(CborWriter out) {
                out.map(0);
            }

            @Override
            public Payload copyInto(Payload spare) {
                return this;
            }
        });
        byte[] with = write(message);
        assertThat(Hex.text(with, 0, with.length)).contains("6464617461a0");
        int length = writer.writeWithoutData(message, dst, 0, dst.length);
        assertThat(Hex.text(dst, 0, length)).doesNotContain("6464617461");
    }

    @ParameterizedTest
    @CsvSource({
        "'', -1",
        "a0, 0",
        "80, -2",
        "a1 01 02, -2",
        "a1 626964 20, -2",
        "a1 626964 1b8000000000000000, -7",
        "a2 627473 00 626964 00, -4",
        "a2 626964 00 626964 00, -4",
        "a1 63726177 6161, -2",
        "a1 6464617461 80, -2",
        "a1 6464617461 a2 02 00 01 00, -4",
        "a1 646d657461 a1 6161 01, -2",
        "a1 646d657461 a2 6162 6161 6161 6161, -4",
        "a1 6470617468 81 820101, -10",
        "a1 6470617468 81 83010120, -2",
        "a1 65666c616773 1b0000000100000000, -7",
        "a1 657472616365 6161, -10",
        "a1 657472616365 782067676767676767676767676767676767676767676767676767676767676767676767, -10",
        "a0 00, -9"
    })
    void shouldRefuseWithAFaultAndAClearedMessage(String hex, int fault) {
        FluxMsg read = full();
        assertThat(read(hex, read)).isEqualTo(fault);
        assertThat(read.id()).isZero();
        assertThat(read.meta().has(MetaKey.CONN_ID)).isFalse();
    }

    @Test
    void shouldRefuseAPathWithMoreHopsThanAllowed() {
        FluxMsg read = new FluxMsg(2);
        assertThat(read("a1 6470617468 82 83000000 83000000", read)).isZero();
        assertThat(read("a1 6470617468 83 83000000 83000000 83000000", read)).isEqualTo(CborFault.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 40, 100, 140})
    void shouldSayNoRoomWhereTheMessageDoesNotFit(int room) {
        assertThat(writer.write(full(), dst, 0, room)).isEqualTo(CborFault.NO_ROOM);
    }

    /** Every truncation and every flipped bit of a real message: refused or read, never an exception. */
    @Test
    void shouldNeverThrowOnDamagedMessages() {
        byte[] bytes = write(full());
        FluxMsg read = new FluxMsg();
        int refused = 0;
        for (int length = 0; length < bytes.length; length++) {
            assertThat(reader.read(bytes, 0, length, read)).isNegative();
        }
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            refused += reader.read(damaged, 0, damaged.length, read) < 0 ? 1 : 0;
        }
        assertThat(refused).isGreaterThan(bytes.length);
    }
}
