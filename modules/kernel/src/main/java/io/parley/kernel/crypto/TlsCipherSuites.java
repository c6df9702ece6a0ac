package io.parley.kernel.crypto;

import java.util.Set;

/** The cipher suites that servers of this program speak. */
public final class TlsCipherSuites {
    /**
     * Those of TLS 1.3, and those of TLS 1.2 with forward secrecy and authenticated encryption.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9325#section-4.2">RFC 9325, 4.2</a>
     */
    public static final Set<String> RECOMMENDED = Set.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private TlsCipherSuites() {}
}
