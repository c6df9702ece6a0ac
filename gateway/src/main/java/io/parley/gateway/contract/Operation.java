package io.parley.gateway.contract;

import io.vertx.core.http.HttpMethod;
import java.util.Optional;

/**
 * One operation of the contract.
 *
 * @param path with its parameters in braces
 * @param isPublic whether it needs no sign-in
 * @param successStatus the status of an answer that is not an error
 * @param hasEntityTag whether the answer has an ETag
 * @param location the path of the resource that it creates
 * @param isIdempotent whether it takes an Idempotency-Key: its answer is kept in memory and stored, so it must be small
 * @param canStream whether its answer may be a stream of events
 * @param redaction what its errors must not repeat
 */
record Operation(
        String id,
        HttpMethod method,
        String path,
        boolean isPublic,
        int successStatus,
        boolean hasEntityTag,
        Optional<String> location,
        boolean isIdempotent,
        boolean canStream,
        Optional<BodySchema> body,
        QueryParameters queryParameters,
        SecretRedaction redaction) {
    /** Whether the body is processed while it arrives. */
    boolean takesUpload() {
        return body.filter(BodySchema::isUpload).isPresent();
    }
}
