package io.fluxrig.iso.packager;

import java.util.HashMap;
import java.util.Map;

/**
 * What a field packager class of jPOS does, in words of the wire layer. The table is the whole of it; where the
 * {@code pad} attribute decides, both encodings stand there, {@code pad="false"} first.
 *
 * @param name the class, without {@code org.jpos.iso.}
 * @param type {@code Numeric}, {@code String}, {@code Binary}, or {@code x+n} for a sign and digits
 * @param enc the encoding where {@code pad} is false
 * @param encPadded the encoding where {@code pad} is true
 * @param prefix how the length is told
 * @param fill side and character of the filling, such as {@code Left0}; {@code _} in the table is a space, {@code ^} a zero
 *     byte; empty if there is none
 * @param counts what the prefix counts if not units of the value: {@code bytes} or {@code nibbles}; {@code room} if the value always takes its
 *     greatest length; else empty
 */
record FieldClass(String name, String type, String enc, String encPadded, String prefix, String fill, String counts) {

    private static final String TABLE = """
            # class           type    encoding                     length             filling  counts
            IF_CHAR           String  ASCII                        ASCII.Fixed        Right_
            IF_ECHAR          String  EBCDIC1047                   EBCDIC1047.Fixed   Right_
            IF_NOP            String  ASCII                        ASCII.Fixed        -

            IFA_NUMERIC       Numeric ASCII                        ASCII.Fixed        Left0
            IFA_AMOUNT        x+n     ASCII                        ASCII.Fixed        -
            IFA_AMOUNT2003    Numeric ASCII                        ASCII.Fixed        Left0
            IFA_BINARY        Binary  BytesToASCIIHex              ASCII.Fixed        -
            IFA_LCHAR         String  ASCII                        ASCII.L            -
            IFA_LLCHAR        String  ASCII                        ASCII.LL           -
            IFA_LLLCHAR       String  ASCII                        ASCII.LLL          -
            IFA_LLLLCHAR      String  ASCII                        ASCII.LLLL         -
            IFA_LLLLLCHAR     String  ASCII                        ASCII.LLLLL        -
            IFA_LLLLLLCHAR    String  ASCII                        ASCII.LLLLLL       -
            IFA_LLNUM         Numeric ASCII                        ASCII.LL           -
            IFA_LLLNUM        Numeric ASCII                        ASCII.LLL          -
            IFA_LBINARY       Binary  Binary                       ASCII.L            -
            IFA_LLBINARY      Binary  Binary                       ASCII.LL           -
            IFA_LLLBINARY     Binary  Binary                       ASCII.LLL          -
            IFA_LLLLBINARY    Binary  Binary                       ASCII.LLLL         -
            IFA_LLLLLBINARY   Binary  Binary                       ASCII.LLLLL        -
            IFA_LLLLLLBINARY  Binary  Binary                       ASCII.LLLLLL       -
            IFA_LLABINARY     Binary  BytesToASCIIHex              ASCII.LL           -
            IFA_LLLABINARY    Binary  BytesToASCIIHex              ASCII.LLL          -
            IFA_LLBNUM        Numeric LBCD/BCD                     ASCII.LL           -
            IFA_FLLCHAR       String  ASCII                        ASCII.LL           Right_   room
            IFA_FLLNUM        Numeric ASCII                        ASCII.LL           Right_   room

            IFAE_LLCHAR       String  EBCDIC1047                   ASCII.LL           -
            IFEA_LLCHAR       String  ASCII                        EBCDIC1047.LL      -

            IFB_NUMERIC       Numeric LBCD/BCD                     BCD.Fixed          Left0
            IFB_FNUMERIC      Numeric LBCDF/BCD                    BCD.Fixed          Left0
            IFB_AMOUNT        x+n     SignBCD                      BCD.Fixed          -
            IFB_AMOUNT2003    Numeric LBCD/BCD                     BCD.Fixed          Left0
            IFB_BINARY        Binary  Binary                       Binary.Fixed       -
            IFB_HEX           String  ASCIIHexToBytes              Binary.Fixed       Left0
            IFB_LLNUM         Numeric LBCD/BCD                     BCD.LL             -
            IFB_LLLNUM        Numeric LBCD/BCD                     BCD.LLL            -
            IFB_FLLNUM        Numeric LBCDF/BCD                    BCD.LL             -
            IFB_FLLLNUM       Numeric LBCDF/BCD                    BCD.LLL            -
            IFB_LLHNUM        Numeric LBCD/BCD                     Binary.L           -
            IFB_LLLHNUM       Numeric LBCD/BCD                     Binary.LL          -
            IFB_LLCHAR        String  ASCII                        BCD.LL             -
            IFB_LLLCHAR       String  ASCII                        BCD.LLL            -
            IFB_LLLLCHAR      String  ASCII                        BCD.LLLL           -
            IFB_LLLLLLCHAR    String  ASCII                        BCD.LLLLLL         -
            IFB_LLHCHAR       String  ASCII                        Binary.L           -
            IFB_LLLHCHAR      String  ASCII                        Binary.LL          -
            IFB_LLHECHAR      String  EBCDIC1047                   Binary.L           -
            IFB_LLLHECHAR     String  EBCDIC1047                   Binary.LL          -
            IFB_LLBINARY      Binary  Binary                       BCD.LL             -
            IFB_LLLBINARY     Binary  Binary                       BCD.LLL            -
            IFB_LLLLBINARY    Binary  Binary                       BCD.LLLL           -
            IFB_LLHBINARY     Binary  Binary                       Binary.L           -
            IFB_LLLHBINARY    Binary  Binary                       Binary.LL          -
            IFB_LLHFBINARY    Binary  Binary                       Binary.L           Right^   room
            IFB_LLHEX         Binary  Binary                       BCD.LL             -        nibbles
            IFB_LLLHEX        Binary  Binary                       BCD.LLL            -        nibbles

            IFE_CHAR          String  EBCDIC1047                   EBCDIC1047.Fixed   Right_
            IFE_NUMERIC       Numeric EBCDIC1047                   EBCDIC1047.Fixed   Left0
            IFE_SIGNED_NUMERIC String EBCDIC1047                   EBCDIC1047.Fixed   Left0
            IFE_AMOUNT        x+n     EBCDIC1047                   EBCDIC1047.Fixed   -
            IFE_BINARY        Binary  BytesToEBCDICHex             EBCDIC1047.Fixed   -
            IFE_LCHAR         String  EBCDIC1047                   EBCDIC1047.L       -
            IFE_LLCHAR        String  EBCDIC1047                   EBCDIC1047.LL      -
            IFE_LLLCHAR       String  EBCDIC1047                   EBCDIC1047.LLL     -
            IFE_LLLLCHAR      String  EBCDIC1047                   EBCDIC1047.LLLL    -
            IFE_LNUM          Numeric EBCDIC1047                   EBCDIC1047.L       -
            IFE_LLNUM         Numeric EBCDIC1047                   EBCDIC1047.LL      -
            IFE_LLLNUM        Numeric EBCDIC1047                   EBCDIC1047.LLL     -
            IFE_LBINARY       Binary  Binary                       EBCDIC1047.L       -
            IFE_LLBINARY      Binary  Binary                       EBCDIC1047.LL      -
            IFE_LLLBINARY     Binary  Binary                       EBCDIC1047.LLL     -
            IFE_LLLLBINARY    Binary  Binary                       EBCDIC1047.LLLL    -
            IFE_LLLEBINARY    String  EBCDIC1047                   EBCDIC1047.LLL     -
            IFEB_LLNUM        Numeric LBCDF                        EBCDIC1047.LL      -        bytes
            IFEB_LLLNUM       Numeric LBCDF                        EBCDIC1047.LLL     -        bytes
            """;

    private static final Map<String, FieldClass> CLASSES = read();

    /** What a class does, or null if it is not in the table. */
    static FieldClass of(String shortName) {
        return CLASSES.get(shortName);
    }

    /** The classes of the table, for tests. */
    static Iterable<FieldClass> all() {
        return CLASSES.values();
    }

    /** The encoding that a field of this class has. */
    String enc(boolean pad) {
        return pad ? encPadded : enc;
    }

    boolean isFixed() {
        return prefix.endsWith(".Fixed");
    }

    /** Whether a value is the bytes as they stand, so that parts can lie in it. */
    boolean isBody() {
        return counts.isEmpty() && (enc.equals("Binary") || enc.equals("ASCII"));
    }

    private static Map<String, FieldClass> read() {
        Map<String, FieldClass> classes = new HashMap<>();
        TABLE.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            String[] words = line.trim().split(" +", -1);
            String[] encodings = words[2].split("/", -1);
            String fill = words[4].equals("-") ? "" : words[4].replace('_', ' ').replace('^', (char) 0);
            classes.put(
                    words[0],
                    new FieldClass(
                            words[0],
                            words[1],
                            encodings[0],
                            encodings[encodings.length - 1],
                            words[3],
                            fill,
                            words.length > 5 ? words[5] : ""));
        });
        return classes;
    }
}
