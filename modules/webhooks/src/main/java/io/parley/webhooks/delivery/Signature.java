package io.parley.webhooks.delivery;

import io.parley.kernel.Secret;
import io.vertx.core.buffer.Buffer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the header {@code webhook-signature} holds (Standard Webhooks, symmetric signatures). */
final class Signature {
    private static final String ALGORITHM = "HmacSHA256";

    /** One signature for each secret, with spaces between them. */
    static String of(List<Secret> secrets, UUID id, long timestamp, Buffer body) {
        var signed =
                Buffer.buffer(id + "." + timestamp + ".").appendBuffer(body).getBytes();
        return secrets.stream().map(secret -> "v1," + of(secret, signed)).collect(Collectors.joining(" "));
    }

    private static String of(Secret secret, byte[] signed) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            var key = Base64.getDecoder().decode(secret.value().substring(SigningSecrets.PREFIX.length()));
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
        }
    }

    private Signature() {}
}
