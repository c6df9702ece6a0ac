package io.parley.gateway.contract;

import io.vertx.core.http.HttpMethod;
import java.util.Optional;

/**
 * One operation of the contract.
 *
 * @param path with its parameters in braces
 * @param open whether nobody needs to be signed in
 * @param success the status of the answer where all went well
 * @param tagged whether the answer carries an ETag
 * @param location the path of what it creates
 * @param streams whether its answer may be events while it is made
 * @param repeatable whether it takes an Idempotency-Key: its answer is kept in memory and stored, so it must not be large
 * @param discretion what an answer that refuses it may say
 */
record Operation(
        String id,
        HttpMethod method,
        String path,
        boolean open,
        int success,
        boolean tagged,
        Optional<String> location,
        boolean repeatable,
        boolean streams,
        Optional<BodySchema> body,
        QueryParameters parameters,
        SecretRedaction discretion) {}
