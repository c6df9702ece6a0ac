package io.parley.gateway.tls;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A certificate and its private key, as PEM.
 *
 * @param certificate followed by the certificates of the authorities that vouch for it
 * @param key PKCS#8 or PKCS#1, without a password
 */
public record CertificateFiles(Path certificate, Path key) {
    private static final int MAX_BYTES = 1024 * 1024;

    /** Blocks. Fails with {@link IllegalArgumentException}, whose message names the file, if they cannot be used. */
    public KeyPair read() {
        return KeyPair.of(read(certificate), read(key));
    }

    private static Buffer read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) throw new IllegalArgumentException(file + " is no PEM file");
            return Buffer.buffer(Files.readAllBytes(file));
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException(file + " does not exist", missing);
        } catch (IOException failure) {
            throw new IllegalArgumentException(file + " cannot be read", failure);
        }
    }
}
