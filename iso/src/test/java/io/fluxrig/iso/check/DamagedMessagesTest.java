package io.fluxrig.iso.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Spec;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever decodes can be checked, in any order, and what is told of it holds no value. */
class DamagedMessagesTest {
    private static final Map<ExampleSpecsTest.Example, Spec> SPECS = new EnumMap<>(ExampleSpecsTest.Example.class);

    @Property(tries = 400)
    void shouldCheckWhateverDecodesAndTellNoValue(
            @ForAll ExampleSpecsTest.Example example,
            @ForAll boolean answer,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = 511) Integer> places,
            @ForAll byte damage) {
        Spec spec = SPECS.computeIfAbsent(example, ExampleSpecsTest.Example::spec);
        IsoCodec codec = new IsoCodec(spec.wire());
        IsoMessage request = new IsoMessage();
        IsoMessage message = new IsoMessage();
        byte[] asked = ExampleSpecsTest.bytes(spec, example.request());
        codec.decode(asked, 0, asked.length, request);
        byte[] bytes = answer ? ExampleSpecsTest.bytes(spec, example.answer()) : asked.clone();
        for (int place : places) {
            bytes[place % bytes.length] ^= damage;
        }
        codec.decodeReadable(bytes, 0, bytes.length, message);

        MessageCheck check = new MessageCheck(spec);
        AnswerCheck repeats = new AnswerCheck(spec);
        check.check(message);
        repeats.check(message, request);

        assertThat(check.violations().text() + repeats.violations().text()).doesNotContainPattern("[0-9]{5}");
    }
}
