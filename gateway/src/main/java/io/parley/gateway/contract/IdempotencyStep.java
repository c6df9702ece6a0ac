package io.parley.gateway.contract;

import io.parley.gateway.http.Answer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Function;
import javax.crypto.Mac;

/** The dispatcher's step for operations that may be repeated under an Idempotency-Key. */
public interface IdempotencyStep {
    /**
     * Empty if the request has no key; fails invalid if the key is malformed.
     *
     * @param body empty for an upload, which has a fingerprint of its own
     */
    Optional<IdempotencyKey> key(HttpServerRequest request, Buffer body);

    /** A MAC that is updated with an upload while it arrives. */
    Mac uploadMac();

    /** Runs the work unless the same request was answered before; in that case returns the stored answer. */
    Future<Answer> once(IdempotencyKey key, Request request, Function<Request, Future<Answer>> work);
}
