package io.fluxrig.iso.rule;

/** How two values are compared. */
enum Operator {
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS_OR_EQUAL("<="),
    GREATER_OR_EQUAL(">="),
    LESS("<"),
    GREATER(">");

    final String sign;

    Operator(String sign) {
        this.sign = sign;
    }

    /** Whether the operator holds for a comparison below, at or above zero. */
    boolean holds(int comparison) {
        return switch (this) {
            case EQUAL -> comparison == 0;
            case NOT_EQUAL -> comparison != 0;
            case LESS_OR_EQUAL -> comparison <= 0;
            case GREATER_OR_EQUAL -> comparison >= 0;
            case LESS -> comparison < 0;
            case GREATER -> comparison > 0;
        };
    }
}
