package io.parley.gateway.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.kernel.Secret;
import io.parley.kernel.crypto.DerivedKey;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;

/**
 * Fingerprints of requests, to recognise a different one under a key that was used before. A body may hold a password or a
 * provider key, which could be guessed from a plain hash; so they are HMACs under a {@link DerivedKey}.
 */
final class RequestFingerprints {
    private final DerivedKey key;

    RequestFingerprints(Secret signingKey) {
        this.key = new DerivedKey(signingKey, "parley: fingerprints of requests");
    }

    /** Of method, path, query, content type and body, in hexadecimal. None of the first four can contain a line break. */
    String of(HttpServerRequest request, Buffer body) {
        var type = Optional.ofNullable(request.getHeader(HttpHeaders.CONTENT_TYPE));
        var query = Optional.ofNullable(request.query());
        var head = String.join("\n", request.method().name(), request.path(), query.orElse(""), type.orElse(""), "");
        var mac = key.newMac();
        mac.update(head.getBytes(UTF_8));
        mac.update(body.getBytes());
        return HexFormat.of().formatHex(mac.doFinal());
    }

    /** For a body that is processed while it arrives. */
    Mac newMac() {
        return key.newMac();
    }
}
