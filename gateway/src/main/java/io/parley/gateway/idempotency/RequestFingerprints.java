package io.parley.gateway.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.kernel.Secret;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Fingerprints of requests, to recognise a different one under a key that was used before. A body may hold a password or a
 * provider key, which could be guessed from a plain hash; so they are HMAC-SHA256 (RFC 2104) under a key that is derived
 * from the signing key.
 */
final class RequestFingerprints {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String LABEL = "parley: fingerprints of requests";

    private final Key key;

    RequestFingerprints(Secret signingKey) {
        var whole = new SecretKeySpec(signingKey.value().getBytes(UTF_8), ALGORITHM);
        this.key = new SecretKeySpec(mac(whole).doFinal(LABEL.getBytes(UTF_8)), ALGORITHM);
    }

    /** Of method, path, query, content type and body, in hexadecimal. None of the first four can contain a line break. */
    String of(HttpServerRequest request, Buffer body) {
        var type = Optional.ofNullable(request.getHeader(HttpHeaders.CONTENT_TYPE));
        var query = Optional.ofNullable(request.query());
        var head = String.join("\n", request.method().name(), request.path(), query.orElse(""), type.orElse(""), "");
        var mac = mac(key);
        mac.update(head.getBytes(UTF_8));
        mac.update(body.getBytes());
        return HexFormat.of().formatHex(mac.doFinal());
    }

    /** For a body that is processed while it arrives. */
    Mac newMac() {
        return mac(key);
    }

    private static Mac mac(Key key) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, failure);
        }
    }
}
