package io.fluxrig.iso.codec;

import static io.fluxrig.iso.codec.Dialect.LL;
import static io.fluxrig.iso.codec.Dialect.ans;
import static io.fluxrig.iso.codec.Dialect.hex;
import static io.fluxrig.iso.codec.Dialect.n;
import static io.fluxrig.iso.codec.Dialect.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentHashTest {
    private static final long SEED = 42;

    private final Dialect dialect =
            Dialect.of(n("3", 2), n("4", 2), ans("7", LL, 9), ans("8", LL, 9), n("11", 2), n("64", 2), n("96", 2));
    private final FieldSet leftOut = of(3, 7, 8, 64, 96);

    private static FieldSet of(int... fields) {
        FieldSet set = new FieldSet();
        for (int field : fields) {
            set.add(field);
        }
        return set;
    }

    private long hash(String wire) {
        dialect.decoded(wire);
        return dialect.message.hashWithout(leftOut, SEED);
    }

    /** 4 and 11 count; what else there is, at the beginning, in between, side by side and at the end, does not. */
    @ParameterizedTest
    @CsvSource({
        "559911, '3,4,11'",
        "11 01a, '4,7'",
        "99 02ab, '4,7'",
        "99 02ab01c, '4,7,8'",
        "99 02ab, '4,8'",
        "9977, '4,64'",
        "77 99, '3,4'"
    })
    void shouldNotSeeWhatIsLeftOut(String fieldBytes, String fields) {
        int[] numbers =
                Arrays.stream(fields.split(",")).mapToInt(Integer::parseInt).toArray();
        String with = hex(text(fieldBytes.replace(" ", "")), numbers);
        dialect.decoded(with);
        IsoMessage bare = Dialect.message();
        for (int number : numbers) {
            if (!leftOut.has(number)) {
                bare.setAscii(number, dialect.message.text(number));
            }
        }

        assertThat(hash(with)).isEqualTo(hash(dialect.encoded(bare)));
    }

    @Test
    void shouldNotSeeASecondBitmapThatOnlyAFieldLeftOutAsksFor() {
        IsoMessage with = Dialect.message("4", "99", "96", "55");

        assertThat(hash(dialect.encoded(with))).isEqualTo(hash(dialect.encoded(Dialect.message("4", "99"))));
    }

    @Test
    void shouldSeeEveryOtherFieldItsValueAndWhetherItIsThere() {
        long one = hash(hex(text("9911"), 4, 11));

        assertThat(hash(hex(text("9912"), 4, 11))).isNotEqualTo(one);
        assertThat(hash(hex(text("9811"), 4, 11))).isNotEqualTo(one);
        assertThat(hash(hex(text("99"), 4))).isNotEqualTo(one);
        assertThat(hash(hex(text("99"), 11))).isNotEqualTo(hash(hex(text("99"), 4)));
    }

    @Test
    void shouldHashTheValuesOfAChangedMessage() {
        dialect.decoded(hex(text("9911"), 4, 11));
        long before = dialect.message.hashWithout(leftOut, SEED);
        dialect.message.setAscii(7, "x");
        long changed = dialect.message.hashWithout(leftOut, SEED);
        dialect.message.setAscii(7, "y");

        assertThat(changed).isNotEqualTo(before);
        assertThat(dialect.message.hashWithout(leftOut, SEED)).isEqualTo(changed);
        dialect.message.setAscii(4, "98");
        assertThat(dialect.message.hashWithout(leftOut, SEED)).isNotEqualTo(changed);
    }

    @Test
    void shouldDependOnTheSeed() {
        dialect.decoded(hex(text("9911"), 4, 11));
        assertThat(dialect.message.hashWithout(leftOut, 1)).isNotEqualTo(dialect.message.hashWithout(leftOut, 2));
    }

    @Property(tries = 4000)
    void shouldBeEqualIfAndOnlyIfTheRestIs(
            @ForAll long shape, @ForAll long writing, @ForAll long values, @ForAll long others, @ForAll long choice) {
        AnyDialect dialect = new AnyDialect(shape, writing);
        IsoCodec codec = new IsoCodec(dialect.wire());
        IsoMessage one = dialect.message(new Random(values));
        IsoMessage other = dialect.message(new Random(values));
        IsoMessage source = dialect.message(new Random(others));
        FieldSet leftOut = new FieldSet();
        Random random = new Random(choice);
        for (int field : dialect.wire().fields().keySet()) {
            boolean out = random.nextBoolean();
            if (out) {
                leftOut.add(field);
            }
            if ((out || random.nextInt(8) == 0)
                    && one.kind(field) != IsoMessage.TREE
                    && source.kind(field) != IsoMessage.TREE) {
                replace(other, field, source);
            }
        }
        IsoMessage oneRead = read(codec, one);
        IsoMessage otherRead = read(codec, other);

        boolean same = dialect.wire().fields().keySet().stream()
                .allMatch(field -> leftOut.has(field) || Arrays.equals(value(oneRead, field), value(otherRead, field)));
        assertThat(oneRead.hashWithout(leftOut, SEED) == otherRead.hashWithout(leftOut, SEED))
                .isEqualTo(same);
    }

    private static void replace(IsoMessage message, int field, IsoMessage by) {
        byte[] value = value(by, field);
        message.unset(field);
        if (value != null) {
            message.set(field, value, 0, value.length);
        }
    }

    private static byte[] value(IsoMessage message, int field) {
        if (!message.has(field)) {
            return null;
        }
        byte[] value = new byte[message.length(field)];
        message.copyTo(field, value, 0);
        return value;
    }

    private static IsoMessage read(IsoCodec codec, IsoMessage made) {
        byte[] wire = new byte[65_536];
        int length = codec.encode(made, wire, 0);
        IsoMessage read = new IsoMessage();
        assertThat(codec.decode(wire, 0, length, read)).isEqualTo(length);
        return read;
    }

    @Test
    void shouldHoldTheDataElementsAndNothingElse() {
        FieldSet set = of(1, 64, 65, 192);

        assertThat(set.has(1) && set.has(64) && set.has(65) && set.has(192)).isTrue();
        assertThat(set.has(2) || set.has(63) || set.has(66) || set.has(191)).isFalse();
        assertThatThrownBy(() -> set.add(0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> set.add(193)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
