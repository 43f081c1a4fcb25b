package io.fluxrig.iso.wire;

/** Numbers of the fields that ISO 8583 gives one meaning in all of its versions, for code that needs a field and no dialect. */
public final class DataElement {
    /** Primary account number. */
    public static final int PAN = 2;

    /** Amount of the transaction. */
    public static final int AMOUNT = 4;

    /** System trace audit number. */
    public static final int STAN = 11;

    /** Retrieval reference number. */
    public static final int RRN = 37;

    /** Authorization identification response; approval code in the version of 1993. */
    public static final int AUTHORIZATION_CODE = 38;

    /** Response code; action code in the version of 1993. */
    public static final int RESPONSE_CODE = 39;

    /** Card acceptor terminal identification. */
    public static final int TERMINAL = 41;

    private DataElement() {}
}
