package io.fluxrig.iso.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.fluxrig.iso.codec.FieldPath;
import io.fluxrig.iso.codec.IsoCodec;
import io.fluxrig.iso.codec.IsoMessage;
import io.fluxrig.iso.spec.Deployment;
import io.fluxrig.iso.spec.FieldMeaning;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.SpecLoad;
import io.fluxrig.iso.spec.SpecLoader;
import io.fluxrig.iso.spec.Usage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The specs in {@code config/specs}: a request and its answer of each go through bytes and keep every rule. */
class ExampleSpecsTest {
    private static final String CHIP =
            "55.82=1980 55.95=0000008000 55.9A=261126 55.9C=00 55.5F2A=0978 55.9F02=000000012345"
                    + " 55.9F26=0102030405060708 55.9F27=80 55.9F36=0011 55.9F37=01020304";

    /** A spec, a request and what its answer has otherwise; {@code 14=} takes a field out. */
    enum Example {
        V87_ASCII(
                "v87-ascii",
                "mti=0100 2=4761739001010119 3=000000 4=000000012345 7=1126101500 11=000042 12=101500 13=1126 14=2812 18=5411"
                        + " 22=051 25=00 32=12345678 37=633010000042 41=TERM0001 42=MERCHANT0000001 49=978",
                "mti=0110 14= 18= 22= 25= 38=A1B2C3 39=00"),
        V87_BINARY(
                "v87-binary",
                "mti=0100 2=4761739001010119 3=000000 4=000000012345 7=1126101500 11=000042 12=101500 13=1126 14=2812 18=5411"
                        + " 22=051 25=00 32=12345678 37=633010000042 41=TERM0001 42=MERCHANT0000001 49=978 " + CHIP
                        + " 55.9F10=06010A03A00000 55.9F1A=0276",
                "mti=0110 14= 18= 22= 25= 38=A1B2C3 39=00 55= 55.91=0102030405060708"),
        V93(
                "v93",
                "mti=1100 2=4761739001010119 3=000000 4=000000012345 7=1126101500 11=000042 12=261126101500 14=2812"
                        + " 22=510101511344 24=100 26=5411 32=12345678 37=633010000042 41=TERM0001 42=MERCHANT0000001 49=978 "
                        + CHIP,
                "mti=1110 7=1126101501 14= 22= 24= 26= 38=A1B2C3 39=000 55= 55.91=0102030405060708"),
        V2003(
                "v2003",
                "mti=2100 2=4761739001010119 3=000000 4.currency=978 4.exponent=2 4.amount=000000012345 7=1126101500"
                        + " 11=000000000042 12=20261126101500 14=2812 22=00112233445566778899AABBCCDDEEFF 24=100 26=5411"
                        + " 32=12345678 37=633010000042 41=TERM0001 42=MERCHANT-01",
                "mti=2110 7=1126101501 14= 22= 24= 26= 38=A1B2C3 39=0000"),
        BASE24(
                "base24-like",
                "mti=0200 3=000000 4=000000012345 7=1126101500 11=000042 12=101500 13=1126 17=1126 22=021 32=12345678"
                        + " 35=4761739001010119=28122011143800000 37=633010000042 41=TERM0001 43=ACME_STORE 48=RETAILER 49=978"
                        + " 60.fiid=BNK1 60.network=PRO1 60.offset=+000 60.pseudo=0000 61.fiid=BNK2 61.network=PRO1"
                        + " 61.category=0 61.account=31 61.response=00000000",
                "mti=0210 17= 22= 35= 43= 48= 60= 61= 38=A1B2C3 39=00"),
        VISA(
                "visa-base1-like",
                "mti=0100 2=4761739001010119 3=000000 4=000000012345 7=1126101500 11=000042 14=2812 18=5411 19=276 22=051"
                        + " 25=00 32=12345678 37=633010000042 41=TERM0001 42=MERCHANT0000001"
                        + " 43=ACME_STORE_0001__________BERLIN______DE_ 49=978 " + CHIP.replace("55.", "55.01.")
                        + " 62.1=Y 63.1=0002",
                "mti=0110 14= 18= 22= 42= 43= 38=A1B2C3 39=00 55= 55.01.91=0102030405060708 62= 62.1=E 62.2=123456789012345");

        private final String file;
        private final String request;
        private final String changes;

        Example(String file, String request, String changes) {
            this.file = file;
            this.request = request;
            this.changes = changes;
        }

        Spec spec() {
            SpecLoad load = SpecLoader.load(Deployment.file("config/specs/" + file + ".yaml"));
            assertThat(load.faults()).isEmpty();
            return load.spec();
        }

        Map<String, String> request() {
            return fields(new LinkedHashMap<>(), request);
        }

        Map<String, String> answer() {
            return fields(request(), changes);
        }

        private static Map<String, String> fields(Map<String, String> fields, String text) {
            for (String item : text.split(" ", -1)) {
                String path = item.substring(0, item.indexOf('='));
                String value = item.substring(path.length() + 1);
                if (value.isEmpty()) {
                    fields.keySet().removeIf(key -> key.equals(path) || key.startsWith(path + "."));
                } else {
                    fields.put(path, value);
                }
            }
            return fields;
        }
    }

    /** The message as its bytes. */
    static byte[] bytes(Spec spec, Map<String, String> fields) {
        IsoMessage message = new IsoMessage();
        fields.forEach((path, value) -> message.setAscii(FieldPath.parse(path), value));
        IsoCodec codec = new IsoCodec(spec.wire());
        byte[] bytes = new byte[2048];
        int length = codec.encode(message, bytes, 0);
        assertThat(length).as(codec.error().toString()).isPositive();
        return Arrays.copyOf(bytes, length);
    }

    /** The message as it comes off the wire. */
    private static IsoMessage arrived(Spec spec, Map<String, String> fields) {
        IsoMessage message = new IsoMessage();
        IsoCodec codec = new IsoCodec(spec.wire());
        byte[] bytes = bytes(spec, fields);
        assertThat(codec.decode(bytes, 0, bytes.length, message))
                .as(codec.error().toString())
                .isEqualTo(bytes.length);
        return message;
    }

    private static String found(MessageCheck check, IsoMessage message) {
        check.check(message);
        return check.violations().text();
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindNothingInAValidRequestAndItsAnswer(Example example) {
        Spec spec = example.spec();
        MessageCheck check = new MessageCheck(spec);
        IsoMessage request = arrived(spec, example.request());
        IsoMessage answer = arrived(spec, example.answer());
        AnswerCheck repeats = new AnswerCheck(spec);

        assertThat(found(check, request)).isEmpty();
        assertThat(found(check, answer)).isEmpty();
        repeats.check(answer, request);
        assertThat(repeats.violations().text()).isEmpty();
        assertThat(repeats.asksAbout(answer.mti())).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void shouldMissEachMandatoryFieldAndNothingElse(Example example) {
        Spec spec = example.spec();
        MessageCheck check = new MessageCheck(spec);
        int mti = Integer.parseInt(example.request().get("mti"));
        List<String> asked = new ArrayList<>();
        for (FieldMeaning meaning : spec.meanings().values()) {
            Usage usage = meaning.usage(mti);
            String path = meaning.path().toString();
            boolean mandatory = usage != null && usage.presence() == Usage.Presence.MANDATORY;
            if (mandatory && meaning.path().depth() == 0) {
                Map<String, String> fields = example.request();
                fields.keySet().removeIf(key -> key.equals(path) || key.startsWith(path + "."));

                assertThat(found(check, arrived(spec, fields)).split("; ", -1))
                        .filteredOn(item -> !item.contains("check"))
                        .containsExactly(path + " missing reject");
                asked.add(path);
            }
        }
        assertThat(asked).contains("3", "7", "11");
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindWrongDatesForbiddenFieldsAndValuesThatAreNotEchoed(Example example) {
        Spec spec = example.spec();
        MessageCheck check = new MessageCheck(spec);
        Map<String, String> wrongDate = example.request();
        wrongDate.put("7", "1326101500");
        Map<String, String> answered = example.request();
        answered.put("39", example.answer().get("39"));
        Map<String, String> ofAnother = example.answer();
        ofAnother.put("11", example.request().get("11").replace("42", "43"));

        assertThat(found(check, arrived(spec, wrongDate))).isEqualTo("7 format reject");
        assertThat(found(check, arrived(spec, answered))).isEqualTo("39 forbidden reject");
        AnswerCheck repeats = new AnswerCheck(spec);
        repeats.check(arrived(spec, ofAnother), arrived(spec, example.request()));
        assertThat(repeats.violations().text()).isEqualTo("11 echo reject");
    }

    @ParameterizedTest
    @EnumSource
    void shouldSayWhatEveryFieldIs(Example example) {
        assertThat(example.spec().meanings().values())
                .allSatisfy(meaning -> assertThat(meaning.name()).isNotEmpty());
    }
}
