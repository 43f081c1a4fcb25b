package io.fluxrig.cli.spec;

import io.fluxrig.iso.spec.EnumTable;
import io.fluxrig.iso.spec.FieldMeaning;
import io.fluxrig.iso.spec.Spec;
import io.fluxrig.iso.spec.Usage;
import io.fluxrig.iso.wire.BitmapSpec;
import io.fluxrig.iso.wire.Composite;
import io.fluxrig.iso.wire.Padding;
import io.fluxrig.iso.wire.Prefix;
import io.fluxrig.iso.wire.TagSpec;
import io.fluxrig.iso.wire.WireField;
import io.fluxrig.iso.wire.WireType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Everything that a dialect says, as words by subject and property, so that two can be laid beside each other. */
final class DialectFacts {
    /** Subjects that are no field first, then fields by number. */
    static final Comparator<String> ORDER = DialectFacts::compare;

    private final Map<String, Map<String, String>> facts = new TreeMap<>(ORDER);

    private DialectFacts() {}

    /** By subject ({@code spec}, {@code mti}, {@code 55.9F02}, {@code check NAME}), then by property. */
    static Map<String, Map<String, String>> of(Spec spec) {
        DialectFacts facts = new DialectFacts();
        facts.message(spec);
        facts.field("mti", spec.wire().mti());
        spec.wire().fields().forEach((number, field) -> facts.field(number.toString(), field));
        spec.meanings().forEach((path, meaning) -> facts.meaning(path.toString(), meaning));
        spec.catalog().values().forEach(type -> {
            String subject = "message " + mti(type.mti());
            facts.say(subject, "name", type.name());
            facts.say(subject, "flow", word(type.flow()));
            facts.say(subject, "pairs_with", type.pairsWith() < 0 ? "" : mti(type.pairsWith()));
            facts.say(
                    subject, "response_timeout", type.responseTimeoutMs() == 0 ? "" : type.responseTimeoutMs() + "ms");
            facts.say(subject, "note", type.note());
        });
        spec.enums().forEach((name, table) -> facts.values("enum " + name, "", table));
        spec.checks().forEach(check -> {
            facts.say("check " + check.name(), "assert", check.assertion());
            facts.say("check " + check.name(), "mti", mtis(check.mtis()));
            facts.say("check " + check.name(), "severity", word(check.severity()));
        });
        return facts.facts;
    }

    private void message(Spec spec) {
        say("spec", "header", spec.wire().header() == 0 ? "" : "" + spec.wire().header());
        say("spec", "trailing", word(spec.wire().trailing()));
        say("spec", "over_long", spec.wire().tolerance().overLong() ? "accept" : "refuse");
        say("spec", "non_digits", spec.wire().tolerance().nonDigits() ? "accept" : "refuse");
        Prefix unknown = spec.wire().tolerance().unknownFields();
        say("spec", "unknown_fields", unknown == null ? "refuse" : "preserve behind " + prefix(unknown));
        say("spec", "message_bytes_max", "" + spec.wire().limits().messageBytesMax());
        say("spec", "depth_max", "" + spec.wire().limits().depthMax());
        say("spec", "parts_max", "" + spec.wire().limits().partsMax());
        say("bitmap", "is", bitmap(spec.wire().bitmap()));
        spec.extensions().forEach((name, value) -> say("spec", name, value.toString()));
    }

    private void field(String path, WireField field) {
        say(path, "name", field.description());
        say(path, "type", word(field.type()));
        say(path, "length", "" + field.length());
        say(path, "length_min", field.lengthMin() == 0 ? "" : "" + field.lengthMin());
        say(path, "prefix", prefix(field.prefix()));
        if (field.type() != WireType.COMPOSITE) {
            say(path, "enc", field.enc().name());
            say(path, "chars", word(field.chars()));
            say(path, "padding", padding(field.padding()));
        } else {
            composite(path, field.composite());
        }
    }

    private void composite(String path, Composite composite) {
        say(path, "layout", word(composite.layout()));
        say(path, "tags", composite.tag() == null ? "" : tag(composite.tag()));
        say(path, "bitmap", composite.bitmap() == null ? "" : bitmap(composite.bitmap()));
        say(path, "unknown_tags", word(composite.unknownTags()));
        say(path, "unknown_prefix", composite.unknownPrefix() == null ? "" : prefix(composite.unknownPrefix()));
        say(path, "repeat", composite.repeat() ? "up to " + composite.repeatMax() : "");
        say(path, "lead", composite.lead() == 0 ? "" : composite.lead() + (composite.leadOptional() ? " or none" : ""));
        say(path, "order", String.join(" ", composite.parts().keySet()));
        composite.parts().forEach((key, part) -> field(path + "." + key, part));
    }

    private void meaning(String path, FieldMeaning meaning) {
        say(path, "name", meaning.name());
        say(path, "alias", meaning.alias());
        say(path, "meaning", meaning.meaning());
        say(path, "note", meaning.note());
        say(path, "sensitivity", word(meaning.sensitivity()));
        say(path, "scope", word(meaning.scope()));
        say(path, "crypto.role", word(meaning.cryptoRole()));
        say(path, "format", meaning.format() == null ? "" : format(meaning));
        if (meaning.values() != null) {
            values(path, "value ", meaning.values());
        }
        List<String> usages = new ArrayList<>();
        meaning.usages().forEach(usage -> usages.add(usage(usage)));
        say(path, "messages", String.join("; ", usages));
        meaning.extensions().forEach((name, value) -> say(path, name, value.toString()));
    }

    private void values(String subject, String prefix, EnumTable table) {
        say(subject, "closed", table.closed() ? "yes" : "no");
        table.values().forEach((value, known) -> {
            String category = known.category().isEmpty() ? "" : " (" + known.category() + ")";
            say(subject, prefix + value, known.name() + category);
        });
    }

    private static String format(FieldMeaning meaning) {
        String currency = meaning.format().currencyField() == null
                ? ""
                : "currency in " + meaning.format().currencyField();
        return String.join(
                        " ",
                        word(meaning.format().kind()),
                        meaning.format().layout(),
                        meaning.format().tz(),
                        meaning.format().luhn() ? "luhn" : "",
                        currency)
                .trim();
    }

    private static String usage(Usage usage) {
        String when = usage.when().isEmpty() ? "" : " when " + usage.when();
        String response =
                usage.responseValue() == Usage.ResponseValue.UNSPECIFIED ? "" : ", " + word(usage.responseValue());
        return mtis(usage.mtis()) + " " + word(usage.presence()) + response + when;
    }

    private static String prefix(Prefix prefix) {
        String unit = prefix.unit().ordinal() == 0 ? "" : " counting " + word(prefix.unit());
        return switch (prefix.kind()) {
            case FIXED -> "fixed";
            case NONE -> "none";
            case BER -> "BerTLV";
            case DIGITS ->
                prefix.enc() + "." + "L".repeat(prefix.digits()) + unit + (prefix.fixedRoom() ? " in fixed room" : "");
        };
    }

    private static String padding(Padding padding) {
        return padding.side() == Padding.Side.NONE
                ? ""
                : word(padding.side())
                        + String.format(Locale.ROOT, " with %02x", padding.pad())
                        + (padding.strip() ? ", taken off" : "");
    }

    private static String tag(TagSpec tag) {
        return tag.length() + " " + tag.enc()
                + (tag.ordered() ? ", in order" : "")
                + (tag.lengthFirst() ? ", behind the length" : "")
                + (padding(tag.padding()).isEmpty() ? "" : ", filled " + padding(tag.padding()));
    }

    private static String bitmap(BitmapSpec bitmap) {
        return bitmap.bytes() + " to " + bitmap.bytesMax() + " bytes in " + bitmap.enc() + ", third: "
                + word(bitmap.tertiary());
    }

    private void say(String subject, String property, String value) {
        if (!value.isEmpty()) {
            facts.computeIfAbsent(subject, s -> new TreeMap<>()).put(property, value);
        }
    }

    private static String mti(int number) {
        return String.format(Locale.ROOT, "%04d", number);
    }

    private static String mtis(List<Integer> numbers) {
        return numbers.isEmpty()
                ? "all"
                : String.join(" ", numbers.stream().map(DialectFacts::mti).toList());
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    private static int compare(String one, String other) {
        String[] keys = one.split("\\.", -1);
        String[] others = other.split("\\.", -1);
        for (int i = 0; i < Math.min(keys.length, others.length); i++) {
            int order = compareKeys(keys[i], others[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(keys.length, others.length);
    }

    private static int compareKeys(String one, String other) {
        boolean number = one.matches("[0-9]{1,8}");
        boolean otherNumber = other.matches("[0-9]{1,8}");
        if (number && otherNumber) {
            int order = Integer.compare(Integer.parseInt(one), Integer.parseInt(other));
            return order != 0 ? order : one.compareTo(other);
        }
        return number == otherNumber ? one.compareTo(other) : Boolean.compare(number, otherNumber);
    }
}
