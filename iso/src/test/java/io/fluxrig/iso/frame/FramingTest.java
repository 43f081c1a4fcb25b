package io.fluxrig.iso.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FramingTest {
    @ParameterizedTest
    @EnumSource(Variant.class)
    void shouldBuildEveryPreset(Variant variant) {
        Framing framing = Framing.builder(variant).build();

        assertThat(framing.variant()).isEqualTo(variant);
        assertThat(framing.lengthMax()).isPositive().isLessThanOrEqualTo(Framing.LENGTH_MAX_DEFAULT);
        assertThat(Framing.variant(variant.name().toLowerCase(java.util.Locale.ROOT)))
                .isEqualTo(variant);
    }

    @Test
    void shouldReportAllFaultsAtOnce() {
        Framing.Builder builder = Framing.builder(Variant.GENERIC)
                .lengthMax(70_000)
                .tpduEnabled(true)
                .tpduLength(4)
                .protocolHeaderSize(300)
                .visaSrcId("12345");

        assertThat(builder.faults())
                .extracting(FramingFault::key)
                .containsExactly("frame_length_max", "protocol_header_size", "tpdu_length", "visa_src_id");
        assertThatThrownBy(builder::build).hasMessageContaining("tpdu_length");
    }

    @Test
    void shouldRejectLengthFieldOfOneByte() {
        assertThat(Framing.builder(Variant.GENERIC).lengthSize(1).faults())
                .extracting(FramingFault::key)
                .containsExactly("frame_length_size");
    }

    @Test
    void shouldRejectFramesWithoutLengthAndTrailer() {
        assertThat(Framing.builder(Variant.GENERIC).lengthSize(0).faults())
                .extracting(FramingFault::key)
                .containsExactly("frame_length_size");
    }

    @Test
    void shouldRejectLittleEndianDigits() {
        assertThat(Framing.builder(Variant.GENERIC)
                        .lengthEncoding(LengthEncoding.BCD)
                        .littleEndian(true)
                        .faults())
                .extracting(FramingFault::key)
                .containsExactly("frame_length_endian");
    }

    @Test
    void shouldRejectOtherHeaderSizeThanTheVariantHas() {
        assertThat(Framing.builder(Variant.VISA).protocolHeaderSize(20).faults())
                .extracting(FramingFault::key)
                .containsExactly("protocol_header_size");
    }

    @Test
    void shouldRejectValuesThatDoNotFitTheirLength() {
        assertThat(Framing.builder(Variant.GENERIC)
                        .protocolHeaderSize(2)
                        .protocolHeader(new byte[3])
                        .tpdu(new byte[5])
                        .trailer(new byte[17])
                        .reservedLength(9)
                        .faults())
                .extracting(FramingFault::key)
                .containsExactly("frame_length_reserved", "protocol_header_value", "tpdu_value", "trailer");
    }

    @Test
    void shouldCapDefaultMaxAtWhatTheLengthFieldCanSay() {
        Framing framing = Framing.builder(Variant.GENERIC)
                .lengthSize(2)
                .lengthEncoding(LengthEncoding.ASCII)
                .build();

        assertThat(framing.lengthMax()).isEqualTo(99);
        assertThat(framing.frameLengthMax()).isEqualTo(101);
    }
}
