package io.fluxrig.iso.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.tlv.BerTag;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EmvTagsTest {
    private static final int CONSTRUCTED = 0x20;

    @Test
    void shouldHoldWholeTagsEachOnceWithAName() {
        assertThat(EmvTags.all()).hasSizeGreaterThan(150);
        EmvTags.all().forEach(tag -> {
            String key = tag.tag();
            byte[] bytes = HexFormat.of().parseHex(key);
            assertThat(BerTag.bytes(bytes, 0, bytes.length)).as(key).isEqualTo(bytes.length);
            assertThat(key).isUpperCase();
            assertThat(EmvTags.find(key)).isEqualTo(tag);
            assertThat(tag.name()).as(key).isNotBlank();
            assertThat((bytes[0] & CONSTRUCTED) != 0)
                    .as("%s is a template", key)
                    .isEqualTo(tag.kind() == EmvTag.Kind.TEMPLATE);
        });
    }

    @Test
    void shouldNameWhatHoldsCardDataForCertain() {
        Set<String> certain =
                EmvTags.all().stream().filter(EmvTag::certain).map(EmvTag::tag).collect(Collectors.toSet());

        assertThat(certain)
                .contains("56", "57", "5A", "5F20", "5F24", "5F30", "99", "9F0B", "9F1F", "9F20", "9F6B")
                .doesNotContain("9F02", "9F26", "9F10", "70", "9F7C");
        assertThat(EmvTags.find("70").sensitivity().masks()).isTrue();
        assertThat(EmvTags.find("DF01")).isNull();
        assertThat(EmvTags.find("50").kind().isText()).isTrue();
    }

    @Test
    void shouldRefuseASpecThatShowsCardDataOfTheTable() {
        SpecLoad load = SpecLoaderTest.load("""
            spec:
              id: a
              version: 1.0.0
              wire:
                source: moov:spec87ascii
                fields: { 55: { type: Composite, length: 999, prefix: ASCII.LLL, subfields: { layout: tlv } } }
              fields: { 55: { subfields: { 5F22: { sensitivity: none }, 9F7C: { sensitivity: none } } } }
            """);

        assertThat(load.faults())
                .singleElement()
                .asString()
                .contains("55.subfields.5F22.sensitivity", "holds sad and may not be switched clear");
    }

    @Test
    void shouldNameTagsInGroupsThatRepeat() {
        Spec spec = SpecLoaderTest.load("""
            spec:
              id: a
              version: 1.0.0
              wire:
                source: moov:spec87ascii
                fields:
                  60:
                    type: Composite
                    length: 999
                    prefix: ASCII.LLL
                    subfields:
                      layout: position
                      repeat: 9
                      parts: [ { tag: T, type: Composite, length: 99, prefix: ASCII.LL, subfields: { layout: tlv } } ]
            """).orThrow();

        assertThat(spec.emvTag(FieldPath.parse("60.1"))).isNull();
        assertThat(spec.emvTag(FieldPath.parse("60.1.T"))).isNull();
        assertThat(spec.emvTag(FieldPath.parse("60.1.T.5A")).kind()).isEqualTo(EmvTag.Kind.CN);
    }
}
