package io.fluxrig.jpos;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fluxrig.iso.codec.CodecError;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.iso.wire.WireSpec;
import org.jpos.iso.ISOComponent;
import org.jpos.iso.packager.ISO87APackager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A packager's fault is one message's: refused and told, whatever was thrown. */
class UnrulyPackagerTest {
    private static final WireSpec V87 = SpecLoader.load(
                    "v87", SpecLoader.baseText("fluxrig:v87-ascii").getBytes(US_ASCII))
            .spec()
            .wire();
    private static final byte[] ECHO = "08000020000000000000000001".getBytes(US_ASCII);

    private final IsoMessage message = new IsoMessage();

    private static JposCodec codec(UnrulyPackager.Habit habit) {
        return new JposCodec(new JposPackager(new UnrulyPackager(habit), "Acme", new byte[0]), V87);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ASSERTS                | what Acme unpacks; it threw AssertionError
            THROWS_UNDECLARED      | what Acme unpacks; it threw IOException
            MAKES_NO_MESSAGE       | what Acme unpacks; it threw ISOException
            FAILS_TO_MAKE_ONE      | what Acme unpacks; it threw IllegalStateException
            USES_LESS_THAN_NOTHING | what Acme unpacks; it says that it used -7 bytes
            """)
    void shouldRefuseWhatIsNotUnpacked(UnrulyPackager.Habit habit, String expected) {
        JposCodec codec = codec(habit);

        assertThat(codec.decode(ECHO, 0, ECHO.length, message)).isEqualTo(CodecError.CODE);

        assertThat(codec.error().toString()).isEqualTo("message: expected " + expected);
    }

    @Test
    void shouldStillGiveWhatWasUnpackedAheadOfAnAssertion() {
        JposCodec codec = codec(UnrulyPackager.Habit.ASSERTS);

        assertThat(codec.decodeReadable(ECHO, 0, ECHO.length, message)).isEqualTo(ECHO.length);

        assertThat(message.text(11)).isEqualTo("000001");
    }

    @Test
    void shouldNotLookForPartsAtEveryNumber() {
        JposCodec codec = codec(UnrulyPackager.Habit.HAS_PARTS_FAR_APART);

        assertThat(codec.decode(ECHO, 0, ECHO.length, message)).isEqualTo(CodecError.TAG);

        assertThat(codec.error().path()).isEqualTo("DE 48");
    }

    @Test
    void shouldRefuseFieldsBeyondTheBitmap() {
        JposCodec codec = codec(UnrulyPackager.Habit.HAS_FIELDS_FAR_APART);

        assertThat(codec.decode(ECHO, 0, ECHO.length, message)).isEqualTo(CodecError.FIELD_UNDEFINED);
    }

    @ParameterizedTest
    @EnumSource(
            value = UnrulyPackager.Habit.class,
            names = {"ASSERTS", "MAKES_NO_MESSAGE", "FAILS_TO_MAKE_ONE", "PACKS_NOTHING"})
    void shouldRefuseWhatIsNotPacked(UnrulyPackager.Habit habit) {
        JposCodec codec = codec(habit);
        message.setMti(800);

        assertThat(codec.encode(message, new byte[64], 0)).isEqualTo(CodecError.CODE);

        assertThat(codec.error().toString()).startsWith("message: expected what Acme packs; it threw ");
    }

    @Test
    void shouldLeaveFailuresOfTheProcessAlone() {
        JposCodec codec = new JposCodec(
                new JposPackager(
                        new ISO87APackager() {
                            @Override
                            public int unpack(ISOComponent into, byte[] bytes) {
                                throw new OutOfMemoryError("simulated");
                            }
                        },
                        "Acme",
                        new byte[0]),
                V87);

        assertThatThrownBy(() -> codec.decode(ECHO, 0, ECHO.length, message)).isInstanceOf(OutOfMemoryError.class);
    }
}
