package io.parley.storage.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.kernel.Secret;
import io.vertx.core.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts secrets with a passphrase: AES-256-GCM with a key that PBKDF2 derives. */
final class SealedSecrets {
    static final String NAME = "secrets.enc";

    private static final String KDF = "PBKDF2-HMAC-SHA256";

    /**
     * The least for this function.
     *
     * @see <a href="https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#pbkdf2">OWASP: PBKDF2</a>
     */
    private static final int ITERATIONS = 600_000;

    /** A file may ask for this many at most: some seconds. */
    private static final int MAX_ITERATIONS = 10_000_000;

    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_BITS = 256;

    static String seal(Secrets secrets, Secret passphrase) {
        var salt = random(SALT_BYTES);
        var nonce = random(NONCE_BYTES);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, passphrase, ITERATIONS, salt, nonce);
            return new JsonObject()
                    .put("kdf", KDF)
                    .put("iterations", ITERATIONS)
                    .put("salt", base64(salt))
                    .put("nonce", base64(nonce))
                    .put("ciphertext", base64(cipher.doFinal(secrets.json().getBytes(UTF_8))))
                    .encode();
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException(absent);
        }
    }

    /** Fails with {@link BackupException} if the passphrase is wrong, else with any {@link RuntimeException}. */
    static Secrets open(String text, Secret passphrase) {
        var json = new JsonObject(text);
        int iterations = Objects.requireNonNull(json.getInteger("iterations"));
        if (!KDF.equals(json.getString("kdf")) || iterations < ITERATIONS || iterations > MAX_ITERATIONS)
            throw new BackupException("its secrets are encrypted in a way that this version of Parley does not know");
        try {
            var cipher = cipher(Cipher.DECRYPT_MODE, passphrase, iterations, bytes(json, "salt"), bytes(json, "nonce"));
            return Secrets.parse(new String(cipher.doFinal(bytes(json, "ciphertext")), UTF_8));
        } catch (AEADBadTagException wrongKey) {
            throw new BackupException("the passphrase is wrong");
        } catch (GeneralSecurityException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    private static Cipher cipher(int mode, Secret passphrase, int iterations, byte[] salt, byte[] nonce)
            throws GeneralSecurityException {
        var derivation = new PBEKeySpec(passphrase.value().toCharArray(), salt, iterations, KEY_BITS);
        var key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(derivation);
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key.getEncoded(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    private static byte[] random(int size) {
        var random = new byte[size];
        new SecureRandom().nextBytes(random);
        return random;
    }

    // Not JsonObject's own form, which is base64url without padding.
    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(JsonObject json, String name) {
        return Base64.getDecoder().decode(Objects.requireNonNull(json.getString(name), name));
    }

    private SealedSecrets() {}
}
