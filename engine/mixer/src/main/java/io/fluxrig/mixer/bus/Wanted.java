package io.fluxrig.mixer.bus;

import java.util.Map;

/**
 * What a nats-server is to know, as it was when an attempt to tell it began. Nobody changes its maps.
 *
 * @param changes the last one
 * @param had logins of before that stay
 * @param logins those, and others, by rack
 * @param rights on the wires between racks, by rack
 * @param unread whether it is to read its file again, whatever there is in it
 * @param forgotten how often it was forgotten which logins are unusable
 */
record Wanted(
        long changes,
        ServerSettings settings,
        Map<String, byte[]> had,
        Map<String, byte[]> logins,
        Map<String, WireRights> rights,
        boolean unread,
        long forgotten) {}
