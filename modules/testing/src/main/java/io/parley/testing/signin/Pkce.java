package io.parley.testing.signin;

import io.parley.kernel.crypto.Sha256;
import java.util.Base64;

/** Proof Key for Code Exchange (RFC 7636). */
public final class Pkce {
    /** Of the method S256. */
    public static String challenge(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(verifier));
    }

    private Pkce() {}
}
