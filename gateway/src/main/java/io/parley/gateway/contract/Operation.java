package io.parley.gateway.contract;

import io.parley.gateway.http.HttpError;
import io.parley.gateway.http.MediaTypes;
import io.parley.kernel.Problem;
import io.parley.kernel.access.Scope;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * One operation of the contract.
 *
 * @param path with its parameters in braces
 * @param isPublic whether it needs no sign-in
 * @param tokenScopes what a token that is no session's needs; empty if only sessions may call it
 * @param successStatus the status of an answer that is not an error
 * @param hasEntityTag whether the answer has an ETag
 * @param answeredFields those of the resource that it answers, or of each one in a list
 * @param location the path of the resource that it creates
 * @param isIdempotent whether it takes an Idempotency-Key: its answer is kept in memory and stored, so it must be small
 * @param canStream whether its answer may be a stream of events
 * @param alwaysStreams whether it cannot be anything else
 * @param readsReplica whether a replica of the database may answer
 * @param redaction what its errors must not repeat
 */
record Operation(
        String id,
        HttpMethod method,
        String path,
        boolean isPublic,
        Optional<Set<Scope>> tokenScopes,
        int successStatus,
        boolean hasEntityTag,
        Set<String> answeredFields,
        Optional<String> location,
        boolean isIdempotent,
        boolean canStream,
        boolean alwaysStreams,
        Optional<BodySchema> body,
        QueryParameters queryParameters,
        boolean readsReplica,
        SecretRedaction redaction) {
    /** Fails with a 403 if the token of a request does not permit the operation. */
    void checkScopes(Identity identity) {
        if (identity.isSession()) return;
        var needed = tokenScopes.orElseThrow(HttpError::sessionNeeded);
        if (!identity.caller().may(needed)) throw HttpError.insufficientScope(needed);
    }

    /** Whether requests are not counted: health checks and documents, which cost nothing and are asked for by machines. */
    boolean isFree() {
        return isPublic && !path.startsWith("/api/");
    }

    /** Fails invalid if the answer does not have one of these fields. */
    void checkFields(Collection<String> fields) {
        for (var field : fields)
            if (!answeredFields.contains(field))
                throw Problem.invalid("fields", "must be fields of the answer, with commas between them");
    }

    /** Whether the answer to this request is a stream of events. */
    boolean isStream(HttpServerRequest request) {
        if (!canStream || request.method().equals(HttpMethod.HEAD)) return false;
        if (alwaysStreams) return true;
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains(MediaTypes.EVENT_STREAM);
    }

    /** Whether the body is processed while it arrives. */
    boolean takesUpload() {
        return body.filter(BodySchema::isUpload).isPresent();
    }
}
