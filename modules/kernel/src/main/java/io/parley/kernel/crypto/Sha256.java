package io.parley.kernel.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash function SHA-256 (FIPS 180-4), which every Java platform has. */
public final class Sha256 {
    /** A new computation. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The 32 bytes for a text in UTF-8. */
    public static byte[] of(String text) {
        return digest().digest(text.getBytes(UTF_8));
    }

    private Sha256() {}
}
