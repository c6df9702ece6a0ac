package io.parley.users.passkeys;

import java.util.Set;

/**
 * For which pages passkeys are.
 *
 * @param rpId the host that they belong to; a passkey works for it and the hosts below it
 * @param origins of the pages that may use them, such as {@code https://parley.example.org}
 */
public record PasskeySettings(String rpId, Set<String> origins) {
    /** For a server on this machine at its default port. */
    public static final PasskeySettings LOCAL = new PasskeySettings("localhost", Set.of("http://localhost:8080"));
}
