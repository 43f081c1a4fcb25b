package io.fluxrig.mixer.registry;

/**
 * A change that somebody made.
 *
 * @param id rises
 * @param atMs ms since 1970
 * @param who {@code api} and from where, or {@code mixer}
 * @param action such as {@code rack.approve}
 * @param subject what it was done to
 * @param detail for people; never a secret
 */
public record AuditEntry(long id, long atMs, String who, String action, String subject, String detail) {

    /** One that is yet to be written down, and gets its id then. */
    public static AuditEntry of(long atMs, String who, String action, String subject, String detail) {
        return new AuditEntry(0, atMs, who, action, subject, detail);
    }
}
