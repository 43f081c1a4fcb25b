package io.fluxrig.iso.reference;

import io.fluxrig.iso.spec.FieldMeaning;
import io.fluxrig.iso.spec.MessageType;
import io.fluxrig.iso.spec.Usage;
import java.util.List;

/** How a message uses a field, as the matrix marks it. */
enum FieldUse {
    MANDATORY("M", "mandatory"),
    ECHOED("M=", "mandatory, the request's value"),
    CONDITIONAL("C", "conditional"),
    OPTIONAL("O", "optional"),
    RETURNED("O=", "optional, the request's value"),
    FORBIDDEN("–", "must not be there");

    private final String mark;
    private final String words;

    FieldUse(String mark, String words) {
        this.mark = mark;
        this.words = words;
    }

    String mark() {
        return mark;
    }

    String words() {
        return words;
    }

    /** Null if nothing is said of that field in that message. */
    static FieldUse of(FieldMeaning meaning, MessageType type) {
        int mti = type.mti();
        Usage always = meaning.usage(mti);
        List<Usage> asked = meaning.usages().stream()
                .filter(usage -> usage.concerns(mti))
                .takeWhile(usage -> !usage.when().isEmpty())
                .toList();
        boolean conditional = !asked.isEmpty();
        if (always == null) {
            return conditional ? CONDITIONAL : null;
        }
        boolean echo = type.flow() == MessageType.Flow.RESPONSE && always.responseValue() == Usage.ResponseValue.ECHO;
        return switch (always.presence()) {
            case MANDATORY ->
                asked.stream().allMatch(usage -> usage.presence() == Usage.Presence.MANDATORY)
                        ? echo ? ECHOED : MANDATORY
                        : CONDITIONAL;
            case OPTIONAL -> conditional ? CONDITIONAL : echo ? RETURNED : OPTIONAL;
            case FORBIDDEN -> conditional ? CONDITIONAL : FORBIDDEN;
        };
    }
}
