package io.fluxrig.iso.packager;

import java.util.HashMap;
import java.util.Map;

/**
 * What a field packager class of jPOS does that writes a tag with its value, for parts of a composite. The table is the whole
 * of it.
 *
 * @param name the class, without {@code org.jpos.iso.}
 * @param first {@code tag} if the tag stands ahead of the length, {@code length} if the length does, and counts the tag too
 * @param tagEnc how the tag is written
 * @param tagLength characters of the tag, filled with zeros
 * @param prefix how the length is told
 * @param type {@code String} or {@code Binary}
 * @param enc how the value is written
 */
record TaggedClass(String name, String first, String tagEnc, int tagLength, String prefix, String type, String enc) {

    private static final String TABLE = """
            # class           first   tag         characters  length           type    value
            IFEP_LLCHAR       length  ASCII       2           ASCII.LL         String  ASCII
            IFEP_LLLCHAR      length  EBCDIC1047  2           EBCDIC1047.LLL   String  ASCII
            IFEP_LLLBINARY    length  EBCDIC1047  2           EBCDIC1047.LLL   Binary  Binary
            IFELPE_LLLCHAR    length  EBCDIC1047  2           EBCDIC1047.LLL   String  EBCDIC1047
            IFEPE_LLCHAR      tag     EBCDIC1047  2           EBCDIC1047.LL    String  EBCDIC1047
            IFEPE_LLBINARY    tag     EBCDIC1047  2           EBCDIC1047.LL    Binary  Binary
            IFEPE_LLLCHAR     tag     EBCDIC1047  3           EBCDIC1047.LLL   String  EBCDIC1047
            IFEMC_LLCHAR      tag     ASCII       2           EBCDIC1047.LL    String  EBCDIC1047
            IFEMC_LLLCHAR     tag     EBCDIC1047  4           EBCDIC1047.LLL   String  EBCDIC1047
            IFMC_LLCHAR       tag     ASCII       2           ASCII.LL         String  ASCII
            IFMC_LLLCHAR      tag     ASCII       2           ASCII.LLL        String  ASCII
            IFMC_LLBINARY     tag     ASCII       2           ASCII.LL         Binary  Binary
            IFMC_LLLBINARY    tag     ASCII       2           ASCII.LLL        Binary  Binary
            IFIPM_LLLCHAR     tag     ASCII       4           ASCII.LLL        String  ASCII
            IFA_TTLCHAR       tag     ASCII       2           ASCII.L          String  ASCII
            IFA_TTLLCHAR      tag     ASCII       2           ASCII.LL         String  ASCII
            IFA_TTLLLCHAR     tag     ASCII       2           ASCII.LLL        String  ASCII
            IFA_TTLLLLCHAR    tag     ASCII       2           ASCII.LLLL       String  ASCII
            IFA_TTTLLLCHAR    tag     ASCII       3           ASCII.LLL        String  ASCII
            IFA_TTLBINARY     tag     ASCII       2           ASCII.L          Binary  Binary
            IFA_TTLLBINARY    tag     ASCII       2           ASCII.LL         Binary  Binary
            IFA_TTLLLBINARY   tag     ASCII       2           ASCII.LLL        Binary  Binary
            IFA_TTLLLLBINARY  tag     ASCII       2           ASCII.LLLL       Binary  Binary
            """;

    private static final Map<String, TaggedClass> CLASSES = read();

    /** What a class does, or null if it is not in the table. */
    static TaggedClass of(String shortName) {
        return CLASSES.get(shortName);
    }

    /** The classes of the table, for tests. */
    static Iterable<TaggedClass> all() {
        return CLASSES.values();
    }

    boolean lengthFirst() {
        return first.equals("length");
    }

    /** Whether tags of both can stand in one composite. */
    boolean goesWith(TaggedClass other) {
        return first.equals(other.first)
                && tagEnc.equals(other.tagEnc)
                && tagLength == other.tagLength
                && (!lengthFirst() || prefix.equals(other.prefix));
    }

    /** The greatest length of a value that the length ahead can tell. */
    int lengthMax() {
        int digits = prefix.length() - prefix.indexOf('.') - 1;
        int told = (int) Math.pow(10, digits) - 1;
        return lengthFirst() ? told - tagLength : told;
    }

    private static Map<String, TaggedClass> read() {
        Map<String, TaggedClass> classes = new HashMap<>();
        TABLE.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            String[] words = line.trim().split(" +", -1);
            classes.put(
                    words[0],
                    new TaggedClass(
                            words[0], words[1], words[2], Integer.parseInt(words[3]), words[4], words[5], words[6]));
        });
        return classes;
    }
}
