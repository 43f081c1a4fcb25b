package io.fluxrig.mixer.enrol;

/** Says which racks need no operator to be let in: those under a name that nobody has, at their first hello. Desk only. */
@FunctionalInterface
public interface Adoption {
    /** An operator approves each. */
    Adoption NOBODY = rack -> "";

    /** Each is approved. */
    Adoption EVERYBODY = rack -> "auto_adopt";

    /** What approves a rack of that name, for the audit log; empty if an operator has to. */
    String by(String rack);
}
