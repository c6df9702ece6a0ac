package io.parley.webhooks.delivery;

import io.parley.contracts.users.StoredSecrets;
import io.parley.contracts.users.StoredSecrets.Place;
import io.parley.kernel.Bus;
import io.parley.kernel.Secret;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.util.Base64;

/** The secrets that requests are signed with. They are stored encrypted; the users module has the keyset. */
public final class SigningSecrets {
    static final String PREFIX = "whsec_";

    private static final int BYTES = 32;
    private static final SecureRandom random = new SecureRandom();

    private final Bus bus;

    public SigningSecrets(Bus bus) {
        this.bus = bus;
    }

    /** The prefix, and 32 random bytes in base64, as libraries for Standard Webhooks take it. */
    public static Secret create() {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Secret(PREFIX + Base64.getEncoder().encodeToString(bytes));
    }

    public Future<Buffer> encrypt(Place place, Secret secret) {
        return bus.ask(StoredSecrets.ENCRYPT, new StoredSecrets.Encrypt(place, secret))
                .map(made -> bytes(made.ciphertext()));
    }

    Future<Secret> decrypt(Place place, Buffer ciphertext) {
        return bus.ask(StoredSecrets.DECRYPT, new StoredSecrets.Sealed(place, text(ciphertext)))
                .map(StoredSecrets.Opened::secret);
    }

    public static String text(Buffer ciphertext) {
        return Base64.getEncoder().encodeToString(ciphertext.getBytes());
    }

    public static Buffer bytes(String ciphertext) {
        return Buffer.buffer(Base64.getDecoder().decode(ciphertext));
    }
}
