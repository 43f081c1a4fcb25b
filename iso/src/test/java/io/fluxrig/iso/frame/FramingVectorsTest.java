package io.fluxrig.iso.frame;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fluxrig.iso.codec.MessageLength;
import io.fluxrig.iso.spec.Deployment;
import io.fluxrig.iso.spec.SpecLoader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Cuts and builds what jPOS's channels put on the socket, byte for byte. */
class FramingVectorsTest {
    @Test
    void shouldCutAndBuildWhatJposChannelsWrite() throws IOException {
        Path vectors = Deployment.vectors("framing.jsonl.gz");
        Assumptions.assumeTrue(vectors != null, "shared/vectors/framing.jsonl.gz is not beside the repository");

        List<String> done = new ArrayList<>();
        for (JsonNode each : read(vectors)) {
            String channel = each.get("channel").asText();
            check(each, channel);
            done.add(channel);
        }
        assertThat(done).hasSize(23).contains("ASCIIChannel", "PADChannel", "RBPChannel", "TelnetXMLChannel");
    }

    private static void check(JsonNode each, String channel) {
        String name = each.get("name").asText();
        byte[] wire = Hex.bytes(each.get("hex").asText());
        byte[] body = Hex.bytes(each.get("body_hex").asText());
        Framing framing = framing(channel, Hex.bytes(each.get("header_config").asText()));
        FrameView view = new FrameView();

        FrameDecoder decoder = decoder(framing);
        for (int limit = 0; limit < wire.length; limit++) {
            assertThat(decoder.next(wire, 0, limit, view))
                    .as("%s, %d bytes", name, limit)
                    .isZero();
        }
        assertThat(decoder.next(wire, 0, wire.length, view)).as(name).isEqualTo(wire.length);
        assertThat(Hex.text(wire, view.bodyOffset(), view.bodyLength()))
                .as(name)
                .isEqualTo(Hex.text(body, 0, body.length));

        byte[] built = new byte[wire.length + 8];
        int length = new FrameEncoder(framing).encode(body, 0, body.length, built, 4);
        assertThat(length).as(name).isEqualTo(wire.length);
        assertThat(Hex.text(built, 4, length)).as(name).isEqualTo(Hex.text(wire, 0, wire.length));
    }

    private static FrameDecoder decoder(Framing framing) {
        MessageLength length = new MessageLength(
                SpecLoader.load("base", SpecLoader.baseText("moov:spec87ascii").getBytes(StandardCharsets.UTF_8))
                        .orThrow()
                        .wire());
        return framing.end() == FrameEnd.MESSAGE ? new FrameDecoder(framing, length::of) : new FrameDecoder(framing);
    }

    private static Framing framing(String channel, byte[] header) {
        Framing.Builder framing = Framing.builder(channel.equals("VAPChannel") ? Variant.VISA : Variant.GENERIC);
        switch (channel) {
            case "ASCIIChannel" -> framing.lengthSize(4).lengthEncoding(LengthEncoding.ASCII);
            case "AmexChannel" -> framing.includesHeader(true);
            case "BASE24Channel" -> framing.lengthSize(0).trailer(Hex.bytes("03"));
            case "BCDChannel", "NCCChannel" -> framing.lengthEncoding(LengthEncoding.BCD);
            case "CSChannel" -> framing.reservedLength(2);
            case "GICCChannel", "RawChannel" -> framing.lengthSize(4);
            case "NACChannel", "PostChannel", "VAPChannel" -> {}
            case "PADChannel", "X25Channel" -> framing.end(FrameEnd.MESSAGE);
            case "LogChannel", "TelnetXMLChannel", "XMLChannel" -> framing.end(FrameEnd.ISOMSG);
            case "RBPChannel" -> framing.preamble(Hex.bytes("D04A")).reservedLength(2);
            case "HEXChannel" -> framing.lengthSize(4).lengthEncoding(LengthEncoding.HEX);
            case "BASE24TCPChannel" -> framing.includesTrailer(true).trailer(Hex.bytes("03"));
            default -> throw new IllegalArgumentException("a channel that this test does not know: " + channel);
        }
        if (header.length > 0 && channel.equals("NACChannel")) {
            framing.tpduEnabled(true).tpdu(header);
        } else if (header.length > 0 && !channel.equals("CSChannel")) {
            framing.protocolHeaderSize(header.length).protocolHeader(header);
        }
        return framing.build();
    }

    private static List<JsonNode> read(Path file) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> cases = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                cases.add(json.readTree(line));
            }
        }
        return cases;
    }
}
