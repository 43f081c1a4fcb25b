package io.fluxrig.iso.spec;

/** How much harm a value does when seen; ordered from none to most. Everything but {@link #NONE} is masked on its own. */
public enum Sensitivity {
    /** May be shown. */
    NONE,
    /** Personal data. */
    PII,
    /** Cardholder data other than the number: name, expiry, service code; and whatever may contain such. */
    CHD,
    /** A card number: first six and last four digits may be shown. */
    PAN,
    /** Sensitive authentication data: track, CVV, PIN block. Never shown and never stored after authorization. */
    SAD;

    /** Whether the value may not be shown as it is. */
    public boolean masks() {
        return this != NONE;
    }
}
