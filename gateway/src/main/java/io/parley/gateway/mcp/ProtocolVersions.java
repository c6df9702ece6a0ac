package io.parley.gateway.mcp;

import java.util.List;

/** The versions of the protocol that are spoken here. */
final class ProtocolVersions {
    /** Without sessions: each request says by itself which version it speaks. */
    static final String MODERN = "2026-07-28";

    /** Begun with {@code initialize}, newest first. */
    static final List<String> LEGACY = List.of("2025-11-25", "2025-06-18", "2025-03-26");

    static final List<String> ALL = List.of(MODERN, LEGACY.get(0), LEGACY.get(1), LEGACY.get(2));

    /** The version to go on with after a client has asked for one. */
    static String agreed(String requested) {
        return LEGACY.contains(requested) ? requested : LEGACY.get(0);
    }

    private ProtocolVersions() {}
}
