package io.fluxrig.iso.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.wire.WireSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Over made-up dialects and messages. */
class CodecPropertyTest {

    private final byte[] out = new byte[65_536];

    private byte[] encoded(IsoCodec codec, IsoMessage message) {
        int length = codec.encode(message, out, 0);
        assertThat(length).as(() -> codec.error().toString()).isPositive();
        return Arrays.copyOf(out, length);
    }

    private static IsoMessage decoded(IsoCodec codec, byte[] wire) {
        IsoMessage message = new IsoMessage();
        int used = codec.decode(wire, 0, wire.length, message);
        assertThat(used)
                .as(() -> codec.error() + " in " + HexFormat.of().formatHex(wire) + " of " + codec.spec())
                .isEqualTo(wire.length);
        return message;
    }

    @Property(tries = 2000)
    void shouldReadBackWhatItWrote(@ForAll long shape, @ForAll long writing, @ForAll long values) {
        AnyDialect dialect = new AnyDialect(shape, writing);
        IsoCodec codec = new IsoCodec(dialect.wire());
        IsoMessage made = dialect.message(new Random(values));
        byte[] wire = encoded(codec, made);
        IsoMessage read = decoded(codec, wire);
        assertThat(Spelling.of(read)).isEqualTo(Spelling.of(made));
        assertThat(encoded(codec, read)).isEqualTo(wire);
        IsoMessage planned = decoded(codec, wire);
        IsoMessage plannedAgain = decoded(codec, wire);
        assertThat(Spelling.of(planned)).isEqualTo(Spelling.of(read));
        assertThat(Spelling.of(plannedAgain)).isEqualTo(Spelling.of(read));
    }

    @Property(tries = 1000)
    void shouldCarryAMessageThroughAnotherDialectAndBack(
            @ForAll long shape, @ForAll long writing, @ForAll long otherWriting, @ForAll long values) {
        AnyDialect dialect = new AnyDialect(shape, writing);
        IsoCodec codec = new IsoCodec(dialect.wire());
        IsoCodec other = new IsoCodec(new AnyDialect(shape, otherWriting).wire());
        byte[] wire = encoded(codec, dialect.message(new Random(values)));
        byte[] theirs = encoded(other, decoded(codec, wire));
        assertThat(encoded(codec, decoded(other, theirs))).isEqualTo(wire);
    }

    @Property(tries = 1000)
    void shouldWriteAChangedMessageAsIfItWereMadeAnew(
            @ForAll long shape, @ForAll long writing, @ForAll long values, @ForAll long changes) {
        AnyDialect dialect = new AnyDialect(shape, writing);
        WireSpec w = dialect.wire();
        IsoCodec codec = new IsoCodec(w);
        IsoCodec anew = new IsoCodec(
                new WireSpec("anew", w.mti(), w.bitmap(), w.fields(), w.limits(), w.trailing(), w.header()));
        byte[] wire = encoded(codec, dialect.message(new Random(values)));
        decoded(codec, wire);
        IsoMessage changed = decoded(codec, wire); // the second time by a plan
        IsoMessage source = dialect.message(new Random(changes));
        Random random = new Random(changes);
        for (int field : w.fields().keySet()) {
            int change = random.nextInt(4);
            if (change == 0) {
                changed.unset(field);
            } else if (change == 1 && source.has(field) && source.kind(field) != IsoMessage.TREE) {
                byte[] value = new byte[source.length(field)];
                source.copyTo(field, value, 0);
                changed.set(field, value, 0, value.length);
            }
        }
        assertThat(encoded(codec, changed)).isEqualTo(encoded(anew, changed));
    }
}
